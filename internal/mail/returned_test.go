package mail

import (
	"strings"
	"testing"
)

func FuzzReadReturned(f *testing.F) {
	f.Add([]byte("From: A <a@b.example>\r\nMessage-ID: <1@b>\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/calendar; method=REPLY; charset=windows-1251\r\nContent-Transfer-Encoding: base64\r\n\r\nQkVHSU4=\r\n--x--\r\n"))
	f.Add([]byte("Content-Type: multipart/report; report-type=delivery-status; boundary=x\r\n\r\n--x\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; a\r\n\r\nFinal-Recipient: rfc822; c@d\r\nAction: failed\r\n\r\n--x\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <2@b>\r\n--x--\r\n"))
	f.Add([]byte("Authentication-Results: mx; dmarc=fail\r\nFrom: a@b, c@d\r\n\r\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		got, err := ReadReturned(raw)
		if err != nil {
			return
		}
		if got.From != strings.ToLower(got.From) || got.Bounce != nil && got.Bounce.Receiver == "" || len(got.Calendars) > mostParts {
			t.Fatalf("%+v", got)
		}
	})
}

func TestAMessageIsReadAsFarAsItIsWorth(t *testing.T) {
	deep := "From: a@b.example\r\n"
	for range 20 {
		deep += "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"
	}
	many := "From: a@b.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n" + strings.Repeat("--x\r\nContent-Type: text/calendar\r\n\r\nx\r\n", 200) + "--x--\r\n"
	for name, raw := range map[string]string{"nested twenty times": deep + "Content-Type: text/plain\r\n\r\nx", "two hundred parts": many, "too long": strings.Repeat("x", largest+1)} {
		if _, err := ReadReturned([]byte(raw)); err == nil {
			t.Errorf("%s is read", name)
		}
	}
	two, err := ReadReturned([]byte("From: a@b.example, c@d.example\r\n\r\nx"))
	if err != nil || two.From != "" {
		t.Errorf("of two senders one is taken: %+v, %v", two, err)
	}
}
