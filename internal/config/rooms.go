package config

import "net/url"

// checkJitsi: the server alone makes rooms that anybody can open who has the link; with an application and its secret each
// visitor gets a token. HS256 wants a key of at least 256 bits (RFC 7518 §3.2).
func (r raw) checkJitsi(s *Settings, wrong *Complaints) {
	s.JitsiApp, s.JitsiSecret = r.JitsiApp, Secret(r.JitsiSecret)
	if r.RoomBase != "" {
		s.RoomBase = checkServer("TANDEM_ROOM_BASE", r.RoomBase, "a Jitsi server such as https://meet.example", wrong)
	}
	switch {
	case r.JitsiApp+r.JitsiSecret == "":
		return
	case r.RoomBase == "":
		wrong.add("TANDEM_ROOM_BASE", "is missing; it is the Jitsi server that TANDEM_JITSI_APP and TANDEM_JITSI_SECRET are for")
	case r.JitsiApp == "":
		wrong.add("TANDEM_JITSI_APP", "is missing; it is the app_id that the Jitsi server takes tokens of")
	case len(r.JitsiSecret) < shortestSecret:
		wrong.add("TANDEM_JITSI_SECRET", "has %d bytes; it needs at least %d, the same as app_secret on the Jitsi server", len(r.JitsiSecret), shortestSecret)
	}
}

// shortestBBB is half of what BigBlueButton makes by itself.
const shortestBBB = 20

func (r raw) checkBBB(s *Settings, wrong *Complaints) {
	s.BBBSecret = Secret(r.BBBSecret)
	if r.BBB != "" {
		s.BBB = checkServer("TANDEM_BBB_URL", r.BBB, "a BigBlueButton server such as https://bbb.example/bigbluebutton/", wrong)
	}
	switch {
	case r.BBB == "" && r.BBBSecret != "":
		wrong.add("TANDEM_BBB_URL", "is missing; bbb-conf --secret prints it on the BigBlueButton server")
	case r.BBB != "" && len(r.BBBSecret) < shortestBBB:
		wrong.add("TANDEM_BBB_SECRET", "has %d bytes; it needs at least %d: bbb-conf --secret prints it on the BigBlueButton server", len(r.BBBSecret), shortestBBB)
	}
}

func checkServer(setting, text, like string, wrong *Complaints) *url.URL {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		wrong.add(setting, "is no address of %s", like)
		return nil
	}
	return u
}
