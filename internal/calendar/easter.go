package calendar

import "time"

// westernEaster is Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher).
func westernEaster(year int) time.Time {
	golden, century, rest := year%19, year/100, year%100
	correction := (century - (century+8)/25 + 1) / 3
	epact := (19*golden + century - century/4 - correction + 15) % 30
	weekday := (32 + 2*(century%4) + 2*(rest/4) - epact - rest%4) % 7
	shift := (golden + 11*epact + 22*weekday) / 451
	n := epact + weekday - 7*shift + 114
	return time.Date(year, time.Month(n/31), n%31+1, 0, 0, 0, 0, time.UTC)
}

// orthodoxEaster is Easter Sunday of the Julian calendar (Meeus), given as a day of the Gregorian one, which is 13 days
// ahead of it from 1900 to 2099.
func orthodoxEaster(year int) time.Time {
	moon := (19*(year%19) + 15) % 30
	sunday := (2*(year%4) + 4*(year%7) - moon + 34) % 7
	n := moon + sunday + 114
	ahead := year/100 - year/400 - 2
	return time.Date(year, time.Month(n/31), n%31+1+ahead, 0, 0, 0, 0, time.UTC)
}
