package room_test

import (
	"strings"
	"testing"

	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/room"
)

func TestNumbersThatCanBeDialled(t *testing.T) {
	for _, c := range []struct {
		phone room.Phone
		field string // that is wrong; "" for none
		dial  string
	}{
		{room.Phone{}, "", ""},
		{room.Phone{Number: "+45 70 12 34 56", PIN: "1234 5678#"}, "", "tel:+4570123456"},
		{room.Phone{Number: "8 (017) 200-10-20"}, "", "tel:80172001020"},
		{room.Phone{Number: "+375\u00a017\u00a0200\u00a010\u00a020", PIN: "*12"}, "", "tel:+375172001020"},
		{room.Phone{Number: "12"}, "dial-number", ""},
		{room.Phone{Number: "ring mig"}, "dial-number", ""},
		{room.Phone{Number: "70 12 +34 56"}, "dial-number", ""},
		{room.Phone{Number: "+45 70 12 34 56;phone-context=x"}, "dial-number", ""},
		{room.Phone{Number: "+45 70123456\r\nATTENDEE:x"}, "dial-number", ""},
		{room.Phone{Number: strings.Repeat("7", 41)}, "dial-number", ""},
		{room.Phone{Number: "+45 70 12 34 56", PIN: "hemmelig"}, "dial-pin", ""},
		{room.Phone{Number: "+45 70 12 34 56", PIN: strings.Repeat("1", 21)}, "dial-pin", ""},
		{room.Phone{PIN: "1234"}, "dial-number", ""},
	} {
		var check problem.Check
		c.phone.Check(&check)
		p, wrong := problem.As(check.Err())
		switch {
		case wrong != (c.field != "") || wrong && (len(p.Fields) != 1 || p.Fields[0].Name != c.field):
			t.Errorf("%+v: %v", c.phone, p)
		case c.dial != "" && c.phone.Dial() != c.dial:
			t.Errorf("%+v: %s", c.phone, c.phone.Dial())
		}
	}
}
