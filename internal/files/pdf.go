package files

import (
	"bytes"
	"io"
	"os"
	"regexp"
)

func cleanPDF(to io.Writer, from *os.File) error {
	if _, err := from.Seek(0, io.SeekStart); err != nil {
		return err
	}
	document, err := io.ReadAll(from)
	if err != nil {
		return err
	}
	blankAuthors(document)
	_, err = to.Write(document)
	return err
}

var (
	pdfSaid  = regexp.MustCompile(`/(?:Author|Company|Manager|LastModifiedBy)\s*([(<])`)
	pdfSent  = regexp.MustCompile(`/(?:Author|Company|Manager|LastModifiedBy)\s+(\d+\s+\d+\s+R)\b`)
	xmpSaid  = regexp.MustCompile(`(?s)<(?:dc:creator|pdf:Author|pdfx:Company)[ >].*?</(?:dc:creator|pdf:Author|pdfx:Company)>`)
	xmpShort = regexp.MustCompile(`(?:dc:creator|pdf:Author)="([^"]*)"`)
	between  = regexp.MustCompile(`>([^<]+)<`)
)

// blankAuthors writes spaces over the names in a PDF's properties, so that everything else stays where the PDF says it is.
// Two sorts are left alone: signed ones, whose signature would break, and encrypted ones. What is compressed (a few programs
// compress the properties too) it does not reach.
func blankAuthors(document []byte) {
	if bytes.Contains(document, []byte("/ByteRange")) || bytes.Contains(document, []byte("/Encrypt")) {
		return
	}
	for _, m := range pdfSaid.FindAllSubmatchIndex(document, -1) {
		blank(pdfString(document[m[2]:]))
	}
	for _, m := range pdfSent.FindAllSubmatchIndex(document, -1) {
		blank(document[m[2]:m[3]])
		copy(document[m[2]:], "null")
	}
	for _, m := range xmpSaid.FindAllIndex(document, -1) {
		for _, text := range between.FindAllSubmatchIndex(document[m[0]:m[1]], -1) {
			blank(document[m[0]+text[2] : m[0]+text[3]])
		}
	}
	for _, m := range xmpShort.FindAllSubmatchIndex(document, -1) {
		blank(document[m[2]:m[3]])
	}
}

// pdfString is what stands between the brackets that a string begins with (ISO 32000-2, §7.3.4); nothing where it never ends.
func pdfString(from []byte) []byte {
	if from[0] == '<' {
		if end := bytes.IndexByte(from, '>'); end > 0 && from[1] != '<' {
			return from[1:end]
		}
		return nil
	}
	for depth, i := 0, 0; i < len(from); i++ {
		switch from[i] {
		case '\\':
			i++
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return from[1:i]
			}
		}
	}
	return nil
}

func blank(b []byte) {
	for i := range b {
		b[i] = ' '
	}
}
