package calendar

import "strings"

// windows names zones as Outlook and Exchange write them: those of Europe and its neighbours, and where Red Cross people write
// from most (Unicode CLDR, windowsZones, territory 001).
var windows = map[string]string{
	"belarus standard time":           "Europe/Minsk",
	"romance standard time":           "Europe/Copenhagen", // Brussels, Copenhagen, Madrid, Paris: one clock
	"central europe standard time":    "Europe/Budapest",
	"central european standard time":  "Europe/Warsaw",
	"w. europe standard time":         "Europe/Berlin",
	"gmt standard time":               "Europe/London",
	"greenwich standard time":         "Atlantic/Reykjavik",
	"fle standard time":               "Europe/Kiev",
	"gtb standard time":               "Europe/Bucharest",
	"e. europe standard time":         "Europe/Chisinau",
	"kaliningrad standard time":       "Europe/Kaliningrad",
	"russian standard time":           "Europe/Moscow",
	"russia time zone 3":              "Europe/Samara",
	"turkey standard time":            "Europe/Istanbul",
	"israel standard time":            "Asia/Jerusalem",
	"middle east standard time":       "Asia/Beirut",
	"jordan standard time":            "Asia/Amman",
	"egypt standard time":             "Africa/Cairo",
	"south africa standard time":      "Africa/Johannesburg",
	"e. africa standard time":         "Africa/Nairobi",
	"w. central africa standard time": "Africa/Lagos",
	"arab standard time":              "Asia/Riyadh",
	"arabian standard time":           "Asia/Dubai",
	"georgian standard time":          "Asia/Tbilisi",
	"caucasus standard time":          "Asia/Yerevan",
	"azerbaijan standard time":        "Asia/Baku",
	"west asia standard time":         "Asia/Tashkent",
	"ekaterinburg standard time":      "Asia/Yekaterinburg",
	"india standard time":             "Asia/Calcutta",
	"china standard time":             "Asia/Shanghai",
	"tokyo standard time":             "Asia/Tokyo",
	"se asia standard time":           "Asia/Bangkok",
	"aus eastern standard time":       "Australia/Sydney",
	"eastern standard time":           "America/New_York",
	"central standard time":           "America/Chicago",
	"mountain standard time":          "America/Denver",
	"pacific standard time":           "America/Los_Angeles",
	"greenland standard time":         "America/Godthab",
	"utc":                             "UTC",
}

// foreignZone is the IANA name of a zone as other programmes name it: by that name, with a maker's path before it
// (/mozilla.org/20070129_1/Europe/Minsk), or by its Windows name. Empty if it is none of these.
func foreignZone(id string) string {
	id = strings.Trim(id, `" /`)
	if name, known := windows[strings.ToLower(id)]; known {
		return name
	}
	for name := id; ; {
		if _, err := findZone(name); err == nil {
			return name
		}
		_, rest, more := strings.Cut(name, "/")
		if !more || !strings.Contains(rest, "/") {
			return ""
		}
		name = rest
	}
}
