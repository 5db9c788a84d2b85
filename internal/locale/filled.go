package locale

import (
	"fmt"
	"regexp"
	"strings"
)

// filled is a message with placeholders: text and names in turn, beginning with a text. A page says hundreds of them; a
// text/template for each would be most of its time.
type filled []string

var placeholder = regexp.MustCompile(`\{\{\s*\.(\w+)\s*\}\}`)

// takeApart tells whether the message has nothing but plain placeholders. Others are left to go-i18n.
func takeApart(message string) (f filled, simple bool) {
	end := 0
	for _, at := range placeholder.FindAllStringSubmatchIndex(message, -1) {
		f = append(f, message[end:at[0]], message[at[2]:at[3]])
		end = at[1]
	}
	f = append(f, message[end:])
	for i := 0; i < len(f); i += 2 {
		if strings.Contains(f[i], "{{") {
			return nil, false
		}
	}
	return f, true
}

// fill says the message. Without one of its values it does not.
func (f filled) fill(values V) (string, bool) {
	if len(f) == 0 {
		return "", false
	}
	var b strings.Builder
	for i, part := range f {
		if i%2 == 0 {
			b.WriteString(part)
			continue
		}
		switch v := values[part].(type) {
		case nil:
			return "", false
		case string:
			b.WriteString(v)
		default:
			fmt.Fprint(&b, v)
		}
	}
	return b.String(), true
}
