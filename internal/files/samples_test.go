package files

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	stdjpeg "image/jpeg"
	stdpng "image/png"
	"testing"
)

// secret is what must not be found in anything that is kept.
const secret = "Geheimer Fotograf"

func picture() image.Image {
	m := image.NewRGBA(image.Rect(0, 0, 40, 24))
	for x := range 40 {
		for y := range 24 {
			m.Set(x, y, color.RGBA{uint8(x * 6), uint8(y * 10), uint8(x * y), 255})
		}
	}
	return m
}

// exif says who took a picture and that it has to be turned.
func exif(order binary.AppendByteOrder, mark string, turn uint16) []byte {
	b := order.AppendUint16([]byte(mark), 42)
	b = order.AppendUint32(b, 8)
	b = order.AppendUint16(b, 2)
	b = order.AppendUint16(order.AppendUint16(b, 0x013B), 2) // artist, text
	b = order.AppendUint32(order.AppendUint32(b, uint32(len(secret)+1)), 38)
	b = order.AppendUint16(order.AppendUint16(b, orientationTag), 3)
	b = order.AppendUint16(order.AppendUint16(order.AppendUint32(b, 1), turn), 0)
	b = order.AppendUint32(b, 0)
	return append(append(b, secret...), 0)
}

func segment(marker byte, body string) []byte {
	return append(binary.BigEndian.AppendUint16([]byte{0xFF, marker}, uint16(len(body)+2)), body...)
}

// photoOf is a JPEG as a phone makes it: with a position, a comment, a preview, a colour profile, and a film behind it.
func photoOf(t testing.TB, turn uint16) []byte {
	t.Helper()
	var plain bytes.Buffer
	if err := stdjpeg.Encode(&plain, picture(), nil); err != nil {
		t.Fatal(err)
	}
	rest := plain.Bytes()[2:]
	return bytes.Join([][]byte{{0xFF, startOfImage},
		segment(app0, "JFIF\x00\x01\x02\x00\x00\x01\x00\x01\x01\x01"+secret[:3]),
		segment(app1, "Exif\x00\x00"+string(exif(binary.LittleEndian, "II", turn))),
		segment(app1, "http://ns.adobe.com/xap/1.0/\x00<x>"+secret+"</x>"),
		segment(app2, "ICC_PROFILE\x00\x01\x01colours"),
		segment(app2, "MPF\x00"+secret), segment(0xED, "Photoshop 3.0\x00"+secret), segment(0xFE, secret),
		rest, []byte(secret)}, nil)
}

func pngChunk(name, body string) []byte {
	b := append(binary.BigEndian.AppendUint32(nil, uint32(len(body))), name+body...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE([]byte(name+body)))
}

func pngOf(t testing.TB) []byte {
	t.Helper()
	var plain bytes.Buffer
	if err := stdpng.Encode(&plain, picture()); err != nil {
		t.Fatal(err)
	}
	header, rest := plain.Bytes()[:33], plain.Bytes()[33:]
	return bytes.Join([][]byte{header, pngChunk("tEXt", "Author\x00"+secret), pngChunk("eXIf", string(exif(binary.BigEndian, "MM", 6))),
		pngChunk("iTXt", secret), pngChunk("tIME", "\x07\xe4\x07\x1b\x0c\x00\x00"), pngChunk("pHYs", "\x00\x00\x0b\x13\x00\x00\x0b\x13\x01"),
		pngChunk("caBX", secret), rest, []byte(secret)}, nil)
}

type entry struct{ name, body string }

func zipOf(t testing.TB, entries ...entry) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, e := range entries {
		if e.body == zeros {
			addZeros(t, w, e.name)
			continue
		}
		method := zip.Deflate
		if e.name == "mimetype" {
			method = zip.Store
		}
		out, err := w.CreateHeader(&zip.FileHeader{Name: e.name, Method: method})
		if err == nil {
			_, err = out.Write([]byte(e.body))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// zeros as a body stands for 130 MB of them.
const zeros = "zeros"

// addZeros packs one megabyte once and writes it 130 times: to pack all of them takes a minute under the race detector.
func addZeros(t testing.TB, w *zip.Writer, name string) {
	t.Helper()
	const times = 130
	plain := make([]byte, 1<<20)
	var packed bytes.Buffer
	f, err := flate.NewWriter(&packed, flate.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write(plain); err != nil || f.Flush() != nil {
		t.Fatal(err)
	}
	one := bytes.Clone(packed.Bytes())
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	end := packed.Bytes()[len(one):]
	sum := crc32.NewIEEE()
	for range times {
		sum.Write(plain)
	}
	out, err := w.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Deflate, CRC32: sum.Sum32(),
		CompressedSize64: uint64(times*len(one) + len(end)), UncompressedSize64: times << 20})
	if err == nil {
		_, err = out.Write(append(bytes.Repeat(one, times), end...))
	}
	if err != nil {
		t.Fatal(err)
	}
}

func types(main string) entry {
	return entry{"[Content_Types].xml", `<Types><Override PartName="/word/document.xml" ContentType="` + main + `"/></Types>`}
}

// docx is a document with properties, and with whatever else.
func docx(t testing.TB, more ...entry) []byte {
	t.Helper()
	return zipOf(t, append([]entry{types(office + "wordprocessingml.document.main+xml"),
		{"docProps/core.xml", "<cp:coreProperties><dc:creator>" + secret + "</dc:creator></cp:coreProperties>"},
		{"docProps/app.xml", "<Properties><Company>" + secret + "</Company></Properties>"},
		{"docProps/custom.xml", "<Properties>" + secret + "</Properties>"},
		{"word/document.xml", "<w:document>Hotline</w:document>"}}, more...)...)
}

func xlsx(t testing.TB, more ...entry) []byte {
	t.Helper()
	return zipOf(t, append([]entry{types(office + "spreadsheetml.sheet.main+xml"), {"docProps/core.xml", secret}, {"xl/workbook.xml", "<workbook/>"}}, more...)...)
}

func odt(t testing.TB, more ...entry) []byte {
	t.Helper()
	return zipOf(t, append([]entry{{"mimetype", open + "text"}, {"meta.xml", secret}, {"content.xml", "<office:document-content/>"}}, more...)...)
}
