package lesson

import (
	"regexp"
	"strings"
)

// grouped is a number in groups of three. 4.000 in Danish and 4,000 in English are four thousand; nobody counts people in
// thousandths, so one group is read as a thousand in every language, unless a zero stands before it.
var grouped = regexp.MustCompile(`^-?[1-9][0-9]{0,2}([.,])[0-9]{3}(?:([.,])[0-9]{3})*$`)

// Number brings a number as people type it, with a comma or a point, in groups or not, into the form in which it is kept:
// '4 000', '4.000' and '4,000' are 4000; '12,5' is 12.5; '1.234,5' is 1234.5. What is no number stays as it was typed.
func Number(typed string) string {
	bare := strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "−", "-").Replace(typed)
	if strings.Trim(bare, "0123456789.,-") != "" {
		return typed
	}
	typed = bare
	commas, points := strings.Count(typed, ","), strings.Count(typed, ".")
	switch {
	case grouped.MatchString(typed) && (commas == 0 || points == 0):
		return strings.NewReplacer(",", "", ".", "").Replace(typed)
	case commas > 0 && points > 0 && strings.LastIndex(typed, ",") > strings.LastIndex(typed, "."):
		return together(typed, ".", ",")
	case commas > 0 && points > 0:
		return together(typed, ",", ".")
	case commas == 1:
		return strings.Replace(typed, ",", ".", 1)
	}
	return typed
}

// together takes a number's groups together, if they are such.
func together(typed, group, point string) string {
	whole, part, _ := strings.Cut(typed, point)
	if !grouped.MatchString(whole) {
		return typed
	}
	return strings.ReplaceAll(whole, group, "") + "." + part
}
