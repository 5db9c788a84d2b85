package files

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"os"
)

// Markers of a JPEG file (ITU-T T.81, table B.1).
const (
	startOfImage = 0xD8
	endOfImage   = 0xD9
	startOfScan  = 0xDA
	app0         = 0xE0
	app1         = 0xE1
	app2         = 0xE2
	app14        = 0xEE
)

func cleanJPEG(to io.Writer, from *os.File) error {
	if _, err := from.Seek(0, io.SeekStart); err != nil {
		return err
	}
	return stripJPEG(to, from)
}

// stripJPEG copies what makes the picture: its data bit by bit, its colours, and how it has to be turned. Where and by whom
// it was taken, with which camera, comments, previews, and what follows the picture (a phone's short film) is left out.
func stripJPEG(to io.Writer, from io.Reader) error {
	p := &photo{in: bufio.NewReaderSize(from, 64<<10), out: bufio.NewWriterSize(to, 64<<10)}
	if err := p.strip(); err != nil {
		return err
	}
	return p.out.Flush()
}

type photo struct {
	in      *bufio.Reader
	out     *bufio.Writer
	turned  bool // it was said how to turn it
	scanned bool // there is a picture
}

func (p *photo) strip() error {
	first, err := p.in.Peek(2)
	if err != nil || first[0] != 0xFF || first[1] != startOfImage {
		return errDamaged
	}
	p.in.Discard(2)
	p.out.Write(first)
	marker, err := p.marker()
	for err == nil && marker != endOfImage {
		marker, err = p.segment(marker)
	}
	if err != nil {
		return err
	}
	if !p.scanned {
		return errDamaged
	}
	_, err = p.out.Write([]byte{0xFF, endOfImage})
	return err
}

// marker is the next one: a byte 255, which may stand several times, and a number.
func (p *photo) marker() (byte, error) {
	b, err := p.in.ReadByte()
	if err == nil && b != 0xFF {
		return 0, errDamaged
	}
	for err == nil && b == 0xFF {
		b, err = p.in.ReadByte()
	}
	return b, err
}

// segment copies or drops one and gives the marker of the next.
func (p *photo) segment(marker byte) (next byte, err error) {
	if marker < 0xC0 || marker >= 0xD0 && marker <= startOfImage {
		return 0, errDamaged // nothing that may stand here
	}
	var size [2]byte
	if _, err := io.ReadFull(p.in, size[:]); err != nil {
		return 0, err
	}
	n := binary.BigEndian.Uint16(size[:])
	if n < 2 {
		return 0, errDamaged
	}
	body := make([]byte, n-2)
	if _, err := io.ReadFull(p.in, body); err != nil {
		return 0, err
	}
	if body = p.kept(marker, body); body != nil {
		p.out.Write([]byte{0xFF, marker})
		p.out.Write(binary.BigEndian.AppendUint16(nil, uint16(len(body)+2)))
		if _, err := p.out.Write(body); err != nil {
			return 0, err
		}
	}
	if marker == startOfScan {
		p.scanned = true
		return p.scan()
	}
	return p.marker()
}

// kept is what stays of a segment; nil is nothing.
func (p *photo) kept(marker byte, body []byte) []byte {
	switch {
	case marker < app0:
		return body // tables, frames, scans
	case marker == app0 && bytes.HasPrefix(body, []byte("JFIF\x00")) && len(body) >= 14:
		return append(bytes.Clone(body[:12]), 0, 0) // without its preview
	case marker == app1 && bytes.HasPrefix(body, []byte("Exif\x00\x00")) && !p.turned:
		if o := orientation(body[6:]); o != 1 {
			p.turned = true
			return append([]byte("Exif\x00\x00"), turned(o)...)
		}
	case marker == app2 && bytes.HasPrefix(body, []byte("ICC_PROFILE\x00")), marker == app14 && bytes.HasPrefix(body, []byte("Adobe")):
		return body // what its colours mean
	}
	return nil
}

// scan copies the data of the picture itself, up to the next marker that is no part of it.
func (p *photo) scan() (next byte, err error) {
	for {
		b, err := p.in.ReadByte()
		if err != nil {
			return 0, err
		}
		if b != 0xFF {
			p.out.WriteByte(b)
			continue
		}
		for b == 0xFF {
			if b, err = p.in.ReadByte(); err != nil {
				return 0, err
			}
		}
		if b != 0 && (b < 0xD0 || b > 0xD7) {
			return b, nil
		}
		if _, err := p.out.Write([]byte{0xFF, b}); err != nil {
			return 0, err
		}
	}
}
