package mail

import (
	"net/url"
	"strings"
	"testing"
)

const (
	thing   = "01a20b5e-051b-7a3d-8c41-9db40d3b8d5b"
	person  = "01a20b5e-0518-70a3-965b-f29e28662f6b"
	another = "01a20b5e-0518-741d-a5b7-74cca18e9d5f"
)

func TestAMarkIsForOnePersonAndOneThing(t *testing.T) {
	way := NewReturn("tandem@tandem.example", []byte("secret"))
	address, err := url.Parse(way.To(thing, person))
	if err != nil || address.Opaque != "tandem@tandem.example" {
		t.Fatalf("%v, %v", address, err)
	}
	subject := address.Query().Get("subject")
	mark, is := ReadMark("Sv: Ad: " + subject + " er i gang")
	if !is || mark.ID != thing || !way.Made(mark, person) {
		t.Fatalf("%q is not known again: %+v", subject, mark)
	}
	forged := Mark{another, mark.proof}
	if way.Made(mark, another) || way.Made(forged, person) || NewReturn("tandem@tandem.example", []byte("other")).Made(mark, person) {
		t.Error("a mark holds for somebody or something else")
	}
	if (Return{}).To(thing, person) != "" || (Return{}).Made(mark, person) {
		t.Error("where no mailbox is read there is a way")
	}
}

func TestWhatIsNoMark(t *testing.T) {
	for _, subject := range []string{"", "Tandem", "[#]", "[#" + strings.Repeat("A", 37) + "]", "[#" + strings.Repeat("!", 38) + "]", "#" + strings.Repeat("A", 38)} {
		if mark, is := ReadMark(subject); is {
			t.Errorf("%q: %+v", subject, mark)
		}
	}
}

func TestOnlyWhatSomebodyWroteThemselves(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"nothing else", "Vi har ringet til 12 frivillige.\r\n\r\nTo mangler.\r\n", "Vi har ringet til 12 frivillige.\n\nTo mangler."},
		{"a signature", "Сделано.\n\n-- \nКоординатор\n+375 17", "Сделано."},
		{"a telephone", "Зроблена\n\nАдпраўлена з iPhone", "Зроблена"},
		{"Outlook", "Det er gjort.\n\n________________________________\nFra: Tandem <tandem@tandem.example>\nSendt: mandag", "Det er gjort."},
		{"Outlook in Russian", "Готово\n\nОт: Tandem <tandem@tandem.example>\nОтправлено: 27 июля", "Готово"},
		{"a folded line that says who wrote", "Done.\n\nOn Mon, 27 Jul 2020 at 09:00, Tandem\n<tandem@tandem.example> wrote:\n> How far?", "Done."},
		{"an answer below", "> Hvor langt er I?\n\nHalvvejs.", "Halvvejs."},
		{"a Danish one", "Halvvejs.\n\nDen man. 27. jul. 2020 skrev Tandem:\n\n> Hvor langt?", "Halvvejs."},
		{"a Russian one", "Наполовину.\n\nпн, 27 июл. 2020 г. в 09:00, Tandem <tandem@tandem.example>:\n> Как дела?", "Наполовину."},
		{"only a quotation", "> Hvor langt er I?", ""},
		{"an address in the text", "Fra: Køge til Brest", "Fra: Køge til Brest"},
	} {
		if got := Said(c.text); got != c.want {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}
