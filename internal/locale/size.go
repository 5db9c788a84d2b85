package locale

import (
	"strconv"
	"strings"
)

// Size says how large a file is: 340 kB, 1,4 MB. Up to a thousand in whole kilobytes, rounded up. Counted in 1,024s, as
// people's devices show them.
func (r Reader) Size(bytes int64) string {
	const kilo, mega = 1 << 10, 1 << 20
	if bytes < 1000*kilo {
		return r.T("size.kb", V{"Size": r.Number(int((bytes + kilo - 1) / kilo))})
	}
	tenths := int((bytes*10 + mega/2) / mega)
	size := r.Number(tenths / 10)
	if tenths%10 > 0 {
		size += formats[r.Language].Decimal + r.Number(tenths%10)
	}
	return r.T("size.mb", V{"Size": size})
}

// Decimal writes a number that is kept as "4000" or "-12.5" the way its reader does.
func (r Reader) Decimal(number string) string {
	whole, part, has := strings.Cut(number, ".")
	n, err := strconv.Atoi(whole)
	if err != nil {
		return number
	}
	said := r.Number(n)
	if n == 0 && strings.HasPrefix(whole, "-") {
		said = "−" + said
	}
	if has {
		said += formats[r.Language].Decimal + part
	}
	return said
}
