package mail

import (
	"strings"
	"testing"
)

func TestAddressesOfMailboxesThatAreRefused(t *testing.T) {
	for _, wrong := range []string{"", "imaps://host", "pop3://a:secret@host", "imap://a:secret@mail.example?tls=none", "imaps://a:secret@host?tls=none", "imaps://a:sec ret@host:x"} {
		if err := onlyErr(ParseMailbox(wrong)); err == nil || strings.Contains(err.Error(), "sec") {
			t.Errorf("%q: %v", wrong, err)
		}
	}
	got, err := ParseMailbox("imaps://tandem%40tandem.example:p%C3%A4ss@mail.example")
	if err != nil || got.Address != "mail.example:993" || got.Password != "päss" || got.Name != "tandem@tandem.example@mail.example/INBOX" {
		t.Errorf("%+v, %v", got, err)
	}
}

func onlyErr(_ Mailbox, err error) error { return err }
