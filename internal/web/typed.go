package web

import (
	"strconv"
	"strings"
)

// day reads a day as a browser sends it, or as people type it where a browser knows no calendar: 27.08.2020.
func day(typed string) string {
	parts := strings.FieldsFunc(typed, func(c rune) bool { return c == '.' || c == '/' || c == ' ' })
	if len(parts) != 3 || len(parts[2]) != 4 {
		return typed
	}
	return parts[2] + "-" + twoDigits(parts[1]) + "-" + twoDigits(parts[0])
}

// hour reads an hour likewise: 9.30, 09:30.
func hour(typed string) string {
	h, m, _ := strings.Cut(strings.Replace(typed, ".", ":", 1), ":")
	if m == "" {
		m = "00"
	}
	if _, err := strconv.Atoi(h); err != nil {
		return typed
	}
	return twoDigits(h) + ":" + twoDigits(m)
}

func twoDigits(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}
