package files

import (
	"archive/zip"
	"bytes"
	"image"
	_ "image/jpeg"
	_ "image/png"
	"io"
	"strings"
	"testing"
)

// pixels are those of a picture, or nil.
func pixels(data []byte) image.Image {
	m, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil
	}
	return m
}

func same(a, b image.Image) bool {
	if a.Bounds() != b.Bounds() {
		return false
	}
	for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
		for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
			if a.At(x, y) != b.At(x, y) {
				return false
			}
		}
	}
	return true
}

func TestAPictureLooksTheSame(t *testing.T) {
	for name, c := range map[string]struct {
		strip func(io.Writer, io.Reader) error
		body  []byte
		keeps []string
	}{
		"jpeg": {stripJPEG, photoOf(t, 6), []string{"ICC_PROFILE\x00\x01\x01colours", "JFIF\x00\x01\x02\x00\x00\x01\x00\x01\x00\x00"}},
		"png":  {stripPNG, pngOf(t), []string{"pHYs"}},
	} {
		var b bytes.Buffer
		if err := c.strip(&b, bytes.NewReader(c.body)); err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(b.Bytes(), []byte(secret)) {
			t.Errorf("%s still tells of who made it", name)
		}
		if after := pixels(b.Bytes()); after == nil || !same(after, pixels(c.body)) {
			t.Errorf("%s is another picture", name)
		}
		for _, kept := range c.keeps {
			if !bytes.Contains(b.Bytes(), []byte(kept)) {
				t.Errorf("%s lost %q", name, kept)
			}
		}
	}
}

func TestADocumentLosesOnlyItsProperties(t *testing.T) {
	photo := photoOf(t, 1)
	doc := docx(t, entry{"word/media/1.jpeg", string(photo)}, entry{"word/media/2.png", string(pngOf(t))},
		entry{"word/media/broken.jpeg", string(photo[:60])}, entry{"word/embeddings/1.xlsx", string(xlsx(t))},
		entry{"word/comments.xml", `<w:comment w:author="Coordinator"/>`})
	var b bytes.Buffer
	if err := stripOffice(&b, bytes.NewReader(doc), int64(len(doc))); err != nil {
		t.Fatal(err)
	}
	before, after := opened(t, doc), opened(t, b.Bytes())
	for i, e := range before.File {
		got := after.File[i]
		changed := strings.HasPrefix(e.Name, "docProps/") || strings.HasSuffix(e.Name, ".png") || strings.HasSuffix(e.Name, "1.jpeg") || strings.HasSuffix(e.Name, ".xlsx")
		if got.Name != e.Name || got.Method != e.Method || !changed && content(got) != content(e) {
			t.Errorf("%s became %s: %q", e.Name, got.Name, content(got))
		}
		if changed && strings.Contains(content(got), secret) {
			t.Errorf("%s still tells who made it", e.Name)
		}
	}
	sheet := opened(t, []byte(content(after.File[8])))
	if text := content(sheet.File[1]); text != noCore {
		t.Errorf("a spreadsheet within says %s", text)
	}
}

func TestOpenDocumentStillBeginsWithItsType(t *testing.T) {
	doc := odt(t)
	var b bytes.Buffer
	if err := stripOffice(&b, bytes.NewReader(doc), int64(len(doc))); err != nil {
		t.Fatal(err)
	}
	if at := bytes.Index(b.Bytes(), []byte("mimetype"+open+"text")); at != 30 {
		t.Errorf("its type is at %d", at)
	}
}

func opened(t *testing.T, data []byte) *zip.Reader {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func TestAStrictDocumentStaysStrict(t *testing.T) {
	z := opened(t, zipOf(t, entry{"docProps/app.xml", `<Properties xmlns="` + strict + `extendedProperties"/>`}))
	if got := emptied(z.File[0]); !strings.Contains(got, `"`+strict+`extendedProperties"`) {
		t.Error(got)
	}
}

func TestAPDFKeepsEverythingInItsPlace(t *testing.T) {
	for name, c := range map[string]struct{ before, after string }{
		"a string":         {`<</Author (` + secret + `) /Title (Hotline)>>`, `<</Author (                 ) /Title (Hotline)>>`},
		"brackets in it":   {`/Author(A \) (b) c)/X`, `/Author(          )/X`},
		"hexadecimal":      {`/Author<FEFF0041>/X`, `/Author<        >/X`},
		"elsewhere":        {`/Author 12 0 R /X`, `/Author null   /X`},
		"organisation":     {`/Company (BRC)`, `/Company (   )`},
		"XMP":              {`<dc:creator><rdf:Seq><rdf:li>Abc</rdf:li></rdf:Seq></dc:creator><dc:title>T</dc:title>`, `<dc:creator><rdf:Seq><rdf:li>   </rdf:li></rdf:Seq></dc:creator><dc:title>T</dc:title>`},
		"XMP in short":     {`<x dc:creator="Abc" dc:title="T"/>`, `<x dc:creator="   " dc:title="T"/>`},
		"a name alone":     {`/Author <</A 1>>`, `/Author <</A 1>>`},
		"without an end":   {`/Author (Abc`, `/Author (Abc`},
		"signed":           {`/ByteRange /Author (Abc)`, `/ByteRange /Author (Abc)`},
		"with a password":  {`/Encrypt /Author (Abc)`, `/Encrypt /Author (Abc)`},
		"nothing about it": {`/Authority (Abc)`, `/Authority (Abc)`},
	} {
		document := []byte(c.before)
		blankAuthors(document)
		if string(document) != c.after {
			t.Errorf("%s: %s", name, document)
		}
	}
}

// What is stripped is stripped: doing it again changes nothing, and the picture stays what it was.
func fuzzPicture(f *testing.F, strip func(io.Writer, io.Reader) error, seeds ...[]byte) {
	for _, seed := range seeds {
		f.Add(seed)
		f.Add(seed[:len(seed)/2])
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var once, twice bytes.Buffer
		if strip(&once, bytes.NewReader(data)) != nil {
			return
		}
		if err := strip(&twice, bytes.NewReader(once.Bytes())); err != nil || !bytes.Equal(once.Bytes(), twice.Bytes()) {
			t.Fatalf("not the same a second time: %v", err)
		}
		for _, mark := range []string{"tEXt", "iTXt", "http://ns.adobe.com/xap/", "Photoshop 3.0"} {
			if bytes.Contains(once.Bytes(), []byte(secret)) && bytes.Contains(data, []byte(mark+secret)) {
				t.Fatalf("%s stays", mark)
			}
		}
		if c, _, err := image.DecodeConfig(bytes.NewReader(data)); err != nil || c.Width*c.Height > 1<<16 {
			return
		}
		if before := pixels(data); before != nil {
			if after := pixels(once.Bytes()); after == nil || !same(before, after) {
				t.Fatal("another picture")
			}
		}
	})
}

func FuzzStripJPEG(f *testing.F) { fuzzPicture(f, stripJPEG, photoOf(f, 6), photoOf(f, 1)) }
func FuzzStripPNG(f *testing.F)  { fuzzPicture(f, stripPNG, pngOf(f)) }

func FuzzStripOffice(f *testing.F) {
	f.Add(docx(f))
	f.Add(odt(f))
	f.Add(docx(f, entry{"word/media/1.jpeg", string(photoOf(f, 6))}, entry{"word/embeddings/1.xlsx", string(xlsx(f))}))
	f.Fuzz(func(t *testing.T, data []byte) {
		z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil || (&allowance{100, 1 << 20}).look(z, 0) != nil {
			return
		}
		var b bytes.Buffer
		if stripOffice(&b, bytes.NewReader(data), int64(len(data))) != nil {
			return
		}
		again, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
		if err != nil {
			t.Fatal(err)
		}
		if len(again.File) != len(z.File) {
			t.Fatalf("%d entries became %d", len(z.File), len(again.File))
		}
		for _, e := range again.File {
			if strings.EqualFold(e.Name, "docProps/core.xml") && content(e) != noCore {
				t.Fatalf("it says %q", content(e))
			}
		}
	})
}

func FuzzBlankAuthors(f *testing.F) {
	f.Add([]byte("/Author (A \\) (b)) <dc:creator><rdf:li>x</rdf:li></dc:creator> /Author 1 0 R /Author<FEFF>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		after := bytes.Clone(data)
		blankAuthors(after)
		if len(after) != len(data) {
			t.Fatal("everything behind it has moved")
		}
		for i := range after {
			if after[i] != data[i] && after[i] != ' ' && !strings.ContainsRune("null", rune(after[i])) {
				t.Fatalf("%d became %q", i, after[i])
			}
		}
	})
}
