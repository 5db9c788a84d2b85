package config_test

import (
	"strings"
	"testing"
)

func TestServersOfRoomsNeedAllTheirSettings(t *testing.T) {
	const jitsi, app, key, bbb, secret = "TANDEM_ROOM_BASE", "TANDEM_JITSI_APP", "TANDEM_JITSI_SECRET", "TANDEM_BBB_URL", "TANDEM_BBB_SECRET"
	const base, long, server = "https://meet.example", "hush-0123456789abcdef-0123456789", "https://bbb.example/bigbluebutton/"
	for _, c := range []struct {
		name  string
		set   map[string]string
		wrong string // the setting that is complained about; "" for none
	}{
		{"an open Jitsi server", map[string]string{jitsi: base}, ""},
		{"one that asks for tokens", map[string]string{jitsi: base, app: "tandem", key: long}, ""},
		{"tokens for no server", map[string]string{app: "tandem", key: long}, jitsi},
		{"no application", map[string]string{jitsi: base, key: long}, app},
		{"no secret", map[string]string{jitsi: base, app: "tandem"}, key},
		{"a secret too short to sign with", map[string]string{jitsi: base, app: "tandem", key: "hush"}, key},
		{"a BigBlueButton server", map[string]string{bbb: server, secret: "hush" + long}, ""},
		{"one without encryption", map[string]string{bbb: "http://bbb.example/bigbluebutton/", secret: long}, bbb},
		{"one with a name in it", map[string]string{bbb: "https://u:hush@bbb.example/bigbluebutton/", secret: long}, bbb},
		{"one without a secret", map[string]string{bbb: server}, secret},
		{"one with half a secret", map[string]string{bbb: server, secret: "hush"}, secret},
		{"a secret for no server", map[string]string{secret: long}, bbb},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := load(t, providerTOML, c.set)
			if c.wrong == "" {
				if err != nil || s.JitsiSecret.Reveal() != c.set[key] || s.BBBSecret.Reveal() != c.set[secret] || strings.Contains(s.JitsiSecret.String()+s.BBBSecret.String(), "hush") {
					t.Errorf("%+v %v", s, err)
				}
				return
			}
			lines := complaints(t, err)
			if len(lines) != 1 || !strings.HasPrefix(lines[0], c.wrong+": ") || strings.Contains(lines[0], "hush") {
				t.Errorf("got %q", lines)
			}
		})
	}
}
