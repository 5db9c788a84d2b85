package files

import (
	"archive/zip"
	"bufio"
	"bytes"
	"io"
	"os"
	"path"
	"strings"
)

func cleanOffice(to io.Writer, from *os.File) error {
	info, err := from.Stat()
	if err != nil {
		return err
	}
	return stripOffice(to, from, info.Size())
}

// stripOffice copies a document without its properties: who wrote it, for which organisation, with what, how often. Pictures
// and documents in it are cleaned like those that come by themselves. Everything else is the same byte by byte. Names
// beside comments and tracked changes are part of the text and stay.
func stripOffice(to io.Writer, from io.ReaderAt, size int64) error {
	z, err := zip.NewReader(from, size)
	if err != nil {
		return err
	}
	w := zip.NewWriter(to)
	for _, e := range z.File {
		if err := stripEntry(w, e); err != nil {
			return err
		}
	}
	return w.Close()
}

func stripEntry(w *zip.Writer, e *zip.File) error {
	if empty := emptied(e); empty != "" {
		return replace(w, e, func(to io.Writer, _ io.Reader) error {
			_, err := io.WriteString(to, empty)
			return err
		})
	}
	clean := stripOf(e)
	if clean == nil || rewritten(e, io.Discard, clean) != nil {
		return w.Copy(e) // also what only looks like a picture
	}
	return replace(w, e, clean)
}

// stripOf is how an entry is cleaned, by what is in it.
func stripOf(e *zip.File) func(io.Writer, io.Reader) error {
	in, err := e.Open()
	if err != nil {
		return nil
	}
	defer in.Close()
	head, _ := bufio.NewReaderSize(in, 16).Peek(8)
	switch {
	case bytes.HasPrefix(head, []byte{0xFF, startOfImage, 0xFF}):
		return stripJPEG
	case string(head) == pngHead:
		return stripPNG
	case bytes.HasPrefix(head, []byte(headOfZip)):
		return stripNested
	}
	return nil
}

func stripNested(to io.Writer, from io.Reader) error {
	whole, err := io.ReadAll(io.LimitReader(from, MaxSize))
	if err != nil {
		return err
	}
	return stripOffice(to, bytes.NewReader(whole), int64(len(whole)))
}

func replace(w *zip.Writer, e *zip.File, clean func(io.Writer, io.Reader) error) error {
	out, err := w.CreateHeader(&zip.FileHeader{Name: e.Name, Method: e.Method, Modified: e.Modified})
	if err != nil {
		return err
	}
	return rewritten(e, out, clean)
}

func rewritten(e *zip.File, to io.Writer, clean func(io.Writer, io.Reader) error) error {
	in, err := e.Open()
	if err != nil {
		return err
	}
	defer in.Close()
	return clean(to, in)
}

const (
	xmlHead    = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"
	noCore     = xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>`
	noApp      = xmlHead + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>`
	noCustom   = xmlHead + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>`
	noODF      = xmlHead + `<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"><office:meta/></office:document-meta>`
	transition = "http://schemas.openxmlformats.org/officeDocument/2006/"
	strict     = "http://purl.oclc.org/ooxml/officeDocument/"
)

// emptied is what stands in place of an entry that only tells of the document; "" where it is another. Every one of its
// elements may be missing.
func emptied(e *zip.File) string {
	name := strings.ToLower(e.Name)
	empty := ""
	switch {
	case path.Base(name) == "meta.xml":
		return noODF
	case name == "docprops/core.xml", strings.HasSuffix(name, ".psmdcp"):
		return noCore
	case name == "docprops/app.xml":
		empty = noApp
	case name == "docprops/custom.xml":
		empty = noCustom
	}
	if empty != "" && strings.Contains(content(e), strict) {
		empty = strings.ReplaceAll(empty, transition+"extended-properties", strict+"extendedProperties")
		empty = strings.ReplaceAll(empty, transition+"custom-properties", strict+"customProperties")
	}
	return empty
}
