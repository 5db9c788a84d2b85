package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
)

// Kind is what sort of block a paragraph is.
type Kind string

const (
	Plain Kind = "paragraph"
	Item  Kind = "item" // of a list: a line that begins with a dash
)

// Block is one paragraph as it is typed.
type Block struct {
	Kind Kind
	Body string
}

// Limits of what one text may hold. They are far above what a person types and far below what would hurt.
const (
	MaxLength = 20_000 // characters
	MaxBlocks = 400
	MaxLine   = 200 // characters of a title or a name
)

// Split cuts typed text into paragraphs: at blank lines, and at every line that begins with a dash.
func Split(typed string) []Block {
	var blocks []Block
	var body []string // lines of the last block, which goes on with the next line while there are any
	end := func() {
		if len(body) > 0 {
			blocks[len(blocks)-1].Body = strings.Join(body, "\n")
		}
		body = nil
	}
	for line := range strings.SplitSeq(clean(typed), "\n") {
		item, isItem := itemOf(line)
		switch {
		case line == "" || isItem && item == "":
			end()
		case isItem:
			end()
			blocks, body = append(blocks, Block{Kind: Item}), []string{item}
		case len(body) > 0:
			body = append(body, line)
		default:
			blocks, body = append(blocks, Block{Kind: Plain}), []string{line}
		}
	}
	end()
	return blocks
}

// Join writes paragraphs as one text to be edited; Split takes it apart again into the same.
func Join(blocks []Block) string {
	var b strings.Builder
	for i, block := range blocks {
		if i > 0 {
			b.WriteString("\n")
			if block.Kind != Item || blocks[i-1].Kind != Item {
				b.WriteString("\n")
			}
		}
		if block.Kind == Item {
			b.WriteString("– ")
		}
		b.WriteString(block.Body)
	}
	return b.String()
}

// itemOf takes the dash off a line of a list; of several, all: what is left would be a list again when it is next saved.
func itemOf(line string) (item string, is bool) {
	for {
		dash, size := utf8.DecodeRuneInString(line)
		rest := line[size:]
		if !strings.ContainsRune("-–—•*", dash) || rest != "" && rest[0] != ' ' {
			return line, is
		}
		line, is = strings.TrimSpace(rest), true
	}
}

// clean drops what nobody types on purpose: carriage returns, control characters, spaces at the ends of lines.
func clean(typed string) string {
	typed = strings.ToValidUTF8(strings.ReplaceAll(typed, "\r\n", "\n"), "")
	typed = strings.Map(func(r rune) rune {
		if r == '\r' {
			return '\n'
		}
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, typed)
	lines := strings.Split(typed, "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return strings.Join(lines, "\n")
}

// Draft is what someone typed and the language they typed it in.
type Draft struct {
	Language locale.Language
	Body     string
}

// CheckLine looks at a short text: a title, a name. Name is the form's field. A dash alone is no paragraph, and so no title.
func (d Draft) CheckLine(c *problem.Check, name string) {
	body := d.Line().Body
	if c.That(len(Split(body)) > 0, name, "error.required") {
		c.That(utf8.RuneCountInString(body) <= MaxLine, name, "error.too-long", problem.Values{"Limit": MaxLine})
		d.checkLanguage(c, name)
	}
}

// Line is the draft as a short text: whatever was pasted into it, it is one paragraph.
func (d Draft) Line() Draft {
	d.Body = strings.Join(strings.Fields(d.Body), " ")
	return d
}

// CheckBody looks at a long text, which may be empty.
func (d Draft) CheckBody(c *problem.Check, name string) {
	blocks := len(Split(d.Body))
	c.That(utf8.RuneCountInString(d.Body) <= MaxLength && blocks <= MaxBlocks, name, "error.too-long", problem.Values{"Limit": MaxLength})
	if blocks > 0 {
		d.checkLanguage(c, name)
	}
}

// checkLanguage refuses what only a made-up request sends: a text in no language would be nobody's to read.
func (d Draft) checkLanguage(c *problem.Check, name string) {
	_, known := locale.Parse(string(d.Language))
	c.That(known, name+"-language", "error.choice")
}
