package files

import "encoding/binary"

// orientationTag says how a picture has to be turned to stand upright (Exif 3.0, tag 274). It is all of Exif that is kept:
// without it, most pictures from phones would lie on their side.
const orientationTag = 0x0112

// orientation reads it from Exif data in TIFF's order; 1, upright, where it is not said or cannot be read.
func orientation(tiff []byte) byte {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if tiff[0] == 'I' {
		order = binary.LittleEndian
	}
	at := uint64(order.Uint32(tiff[4:]))
	if at+2 > uint64(len(tiff)) {
		return 1
	}
	for n := order.Uint16(tiff[at:]); n > 0; n-- {
		entry := at + 2
		if entry+12 > uint64(len(tiff)) {
			return 1
		}
		if order.Uint16(tiff[entry:]) == orientationTag {
			if turned := order.Uint16(tiff[entry+8:]); turned >= 1 && turned <= 8 {
				return byte(turned)
			}
			return 1
		}
		at += 12
	}
	return 1
}

// turned is Exif data that says only how a picture has to be turned.
func turned(orientation byte) []byte {
	return []byte{'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, orientationTag >> 8, orientationTag & 0xff, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0}
}
