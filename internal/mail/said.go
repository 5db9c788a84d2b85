package mail

import (
	"regexp"
	"strings"
)

// What programmes put between what somebody writes and what they answer, in the languages of our people and in English: the dash
// line of Outlook, a line such as "Den … skrev:", and the fields of the mail below.
var (
	original = regexp.MustCompile(`(?i)^\s*(-{2,}\s*(original message|oprindelig meddelelse|исходное сообщение|пересылаемое сообщение|зыходнае паведамленне)\s*-{2,}|_{20,})\s*$`)
	wrote    = regexp.MustCompile(`(?i)(wrote|skrev|пишет|написал|написала|написал\(а\)|піша|напісаў|напісала|<[^<>\s]+@[^<>\s]+>)\s*:\s*$|^den .*\d.* skrev .*:\s*$`)
	fields   = regexp.MustCompile(`(?i)^\s*\*?(from|fra|от|ад)\s*:\*?\s.*@`)
	sentFrom = regexp.MustCompile(`(?i)^\s*(sent from my|get outlook for|sendt fra min|hent outlook|отправлено с|отправлено из|адпраўлена з)(\s|$)`)
)

// Said is what somebody wrote themselves in a mail's plain text: without the mail that they answer, their signature
// (RFC 3676 §4.3), or what their telephone adds.
func Said(text string) string {
	var lines []string
	for _, line := range strings.Split(lf([]byte(text)), "\n") {
		bare := strings.TrimRight(line, " \t")
		if line == "-- " || bare == "--" || original.MatchString(bare) || fields.MatchString(bare) || sentFrom.MatchString(bare) {
			break
		}
		if strings.HasPrefix(line, ">") {
			continue
		}
		if wrote.MatchString(bare) {
			lines = untilBlank(lines)
			break
		}
		lines = append(lines, bare)
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// untilBlank takes away the lines since the last empty one: a line that says who wrote is often folded.
func untilBlank(lines []string) []string {
	for n := len(lines); n > 0 && len(lines)-n < 2; n-- {
		if lines[n-1] == "" {
			return lines[:n]
		}
	}
	return lines
}
