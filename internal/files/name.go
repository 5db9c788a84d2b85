package files

import (
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// longest is how many bytes a name may have with its ending: file systems take 255, and mail programs add to it.
const longest = 180

// forbidden are signs that some system does not take in a name.
const forbidden = `<>:"|?*`

// CleanName is a name that every system takes and that shows what it is: no folders, no control characters, nothing that
// turns the direction of writing round or cannot be seen, not too long, and with an ending that is true. The first ending
// is put where the name has none of them.
func CleanName(name string, endings ...string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(visible, norm.NFC.String(strings.ToValidUTF8(name, "")))
	name = strings.Join(strings.Fields(name), " ")
	stem, ending := name, path.Ext(name)
	switch {
	case slices.Contains(endings, strings.ToLower(ending)):
		stem = strings.TrimSuffix(name, ending)
	case slices.Contains(Endings(), strings.ToLower(ending)):
		stem, ending = strings.TrimSuffix(name, ending), endings[0]
	default:
		ending = endings[0]
	}
	return named(stem, longest-len(ending)) + strings.ToLower(ending)
}

// visible turns every kind of space into a space and drops what has no shape of its own.
func visible(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return ' '
	case strings.ContainsRune(forbidden, r):
		return '-'
	case unicode.IsGraphic(r):
		return r
	}
	return -1
}

// named cuts the name before its ending to a length in bytes. Where nothing is left of it, it is a file.
func named(stem string, most int) string {
	for len(stem) > most {
		_, size := utf8.DecodeLastRuneInString(stem)
		stem = stem[:len(stem)-size]
	}
	stem = strings.Trim(stem, ". ")
	if stem == "" {
		return "file"
	}
	if slices.Contains(devices, strings.ToUpper(strings.SplitN(stem, ".", 2)[0])) {
		return "_" + stem
	}
	return stem
}

// devices cannot be names of files in Windows.
var devices = []string{"CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
	"LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9"}
