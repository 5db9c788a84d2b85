package me

import (
	"strings"

	"example.org/tandem/internal/locale"
)

// Browser says in words what a browser says about itself (the User-Agent header). All browsers claim to be their forebears too, so
// the order counts: the first mark that is found names it.
func Browser(r locale.Reader, says string) string {
	browser, system := first(says, browsers), first(says, systems)
	switch {
	case browser == "" && system == "":
		return r.T("me.device.unknown")
	case browser == "":
		return system
	case system == "":
		return browser
	}
	return r.T("me.device.named", locale.V{"Browser": browser, "System": system})
}

type mark struct{ says, name string }

var browsers = []mark{{"Edg", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser/", "Samsung Internet"}, {"YaBrowser/", "Yandex"},
	{"Firefox/", "Firefox"}, {"FxiOS/", "Firefox"}, {"CriOS/", "Chrome"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"}}

var systems = []mark{{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Windows", "Windows"}, {"Macintosh", "macOS"},
	{"CrOS", "ChromeOS"}, {"Linux", "Linux"}}

func first(says string, marks []mark) string {
	for _, m := range marks {
		if strings.Contains(says, m.says) {
			return m.name
		}
	}
	return ""
}
