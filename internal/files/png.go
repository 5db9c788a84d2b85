package files

import (
	"bufio"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"os"
	"strings"
)

const pngHead = "\x89PNG\r\n\x1a\n"

// pngKept are the chunks of a PNG that say what the picture looks like (PNG, third edition, §11); APNG's are among them.
// Comments, the time, Exif and what is not known are left out.
const pngKept = "IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT acTL fcTL fdAT "

// longestExif is far more than Exif data has.
const longestExif = 1 << 20

func cleanPNG(to io.Writer, from *os.File) error {
	if _, err := from.Seek(0, io.SeekStart); err != nil {
		return err
	}
	return stripPNG(to, from)
}

// stripPNG copies what makes the picture, bit by bit, and how it has to be turned. What follows its end is left out.
func stripPNG(to io.Writer, from io.Reader) error {
	in, out := bufio.NewReaderSize(from, 64<<10), bufio.NewWriterSize(to, 64<<10)
	head := make([]byte, len(pngHead))
	if _, err := io.ReadFull(in, head); err != nil || string(head) != pngHead {
		return errDamaged
	}
	out.Write(head)
	for first := true; ; first = false {
		name, err := chunk(out, in)
		if err != nil {
			return err
		}
		if first != (name == "IHDR") {
			return errDamaged
		}
		if name == "IEND" {
			return out.Flush()
		}
	}
}

// chunk copies or drops one: length, name, data, checksum.
func chunk(out *bufio.Writer, in *bufio.Reader) (string, error) {
	var head [8]byte
	if _, err := io.ReadFull(in, head[:]); err != nil {
		return "", err
	}
	n, name := int64(binary.BigEndian.Uint32(head[:4])), string(head[4:])
	switch {
	case n > 1<<31-1 || strings.Contains(name, " "):
		return "", errDamaged
	case strings.Contains(pngKept, name+" "):
		out.Write(head[:])
		_, err := io.CopyN(out, in, n+4)
		return name, err
	case name == "eXIf" && n < longestExif:
		return name, keepTurned(out, in, n)
	case name[0]&0x20 == 0:
		return "", errors.Join(errDamaged, errors.New("a chunk that nobody knows and that must be known"))
	}
	_, err := io.CopyN(io.Discard, in, n+4)
	return name, err
}

// keepTurned leaves of Exif data how the picture has to be turned.
func keepTurned(out *bufio.Writer, in *bufio.Reader, n int64) error {
	data := make([]byte, n+4)
	if _, err := io.ReadFull(in, data); err != nil {
		return err
	}
	o := orientation(data[:n])
	if o == 1 {
		return nil
	}
	body := append([]byte("eXIf"), turned(o)...)
	out.Write(binary.BigEndian.AppendUint32(nil, uint32(len(body)-4)))
	out.Write(body)
	_, err := out.Write(binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE(body)))
	return err
}
