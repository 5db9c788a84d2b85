package glossary_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/tandem/internal/glossary"
	"example.org/tandem/internal/locale"
)

func open(t testing.TB) *glossary.Glossary {
	t.Helper()
	g, err := glossary.New()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// keys are those of the terms that were found.
func keys(found []glossary.Match) (list []string) {
	for _, m := range found {
		list = append(list, m.Term.Key)
	}
	return list
}

func TestTermsAreFoundInTheFormsOfRunningText(t *testing.T) {
	g := open(t)
	for _, c := range []struct {
		language   locale.Language
		body, want string
	}{
		{locale.Russian, "На горячую линию звонили волонтеры.", "pss.hotline role.volunteer"},
		{locale.Russian, "Координаторами по работе с волонтёрами", "role.volunteerCoordinator"},
		{locale.Russian, "Мы говорили о психосоциальной поддержке и первой психологической помощи.", "pss.pss pss.pfa"},
		{locale.Russian, "После звонков поддержки", "pss.checkInCall"},
		{locale.Russian, "Продуктовыми наборами и гигиеническими наборами", "em.foodParcel em.hygieneKit"},
		{locale.Russian, "во второй волне COVID-19", "em.secondWave em.covid"},
		{locale.Belarusian, "На гарачую лінію тэлефанавалі валанцёры.", "pss.hotline role.volunteer"},
		{locale.Belarusian, "Без псіхасацыяльнай падтрымкі валанцёраў", "pss.pss role.volunteer"},
		{locale.Belarusian, "Дзякуй псіхасацыяльнай падтрымцы і гуманітарнай дапамозе", "pss.pss em.humanitarianAid"},
		{locale.Belarusian, "пра званкі падтрымкі, званкоў падтрымкі", "pss.checkInCall pss.checkInCall"},
		{locale.Belarusian, "рашэнняў і рашэннямі на анлайн-канферэнцыі", "conf.decision conf.decision conf.conference"},
		{locale.Belarusian, "другой хвалі ўспышкі, аб адзіноце", "em.secondWave em.outbreak pss.loneliness"},
		{locale.Belarusian, "з атрымальнікамі дапамогі", "role.beneficiary"},
		{locale.Danish, "De frivilliges telefonvagter og hotlinen", "role.volunteer pss.hotline"},
		{locale.Danish, "Lokalafdelingens frivilligkoordinatorer holdt et møde om opgaverne", "org.localBranch role.volunteerCoordinator conf.meeting act.item"},
		{locale.Danish, "psykosocial støttes rolle; beslutningerne", "pss.pss conf.decision"},
		{locale.English, "The local branches’ volunteers gave psychological first aid.", "org.localBranch role.volunteer pss.pfa"},
		{locale.English, "A volunteer’s check-in calls", "role.volunteer pss.checkInCall"},
		{locale.English, "PSS for our volunteers", "pss.pss role.volunteer"},
		{locale.English, "We helped first. Aid came later.", ""},
		{locale.English, "Save, cancel, next Monday: yes.", ""},
		{locale.English, "", ""},
	} {
		if got := strings.Join(keys(g.Find(c.language, c.body)), " "); got != c.want {
			t.Errorf("%s %q: got %q, want %q", c.language, c.body, got, c.want)
		}
	}
}

func TestEveryTermFindsItselfInEveryLanguage(t *testing.T) {
	g := open(t)
	for _, l := range locale.All {
		for _, m := range g.Find(locale.English, "volunteer hotline outbreak shift partnership") {
			if found := g.Find(l, m.Term.Names[l]); !slices.Contains(keys(found), m.Term.Key) {
				t.Errorf("%s is not found in %q: %v", m.Term.Key, m.Term.Names[l], keys(found))
			}
		}
	}
}

func TestAMatchSaysWhereItStands(t *testing.T) {
	body := "Наша горячая линия работает."
	m := open(t).Find(locale.Russian, body)[0]
	if body[m.From:m.To] != "горячая линия" || m.Said != "горячая линия" {
		t.Errorf("%+v", m)
	}
}

func TestOffersAreInTheFormThatSuitsTheSentence(t *testing.T) {
	got := open(t).Offers(locale.Russian, locale.Danish, "Волонтёры и горячая линия: волонтёры. СИЗ.", "Hotlinen")
	want := []glossary.Offer{
		{Key: "role.volunteer", Said: "Волонтёры", Preferred: "Frivillig"},
		{Key: "pss.hotline", Said: "горячая линия", Preferred: "hotline", Used: true},
		{Key: "em.ppe", Said: "СИЗ", Preferred: "værnemidler"},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %+v", got)
	}
	if got := open(t).Offers(locale.Russian, locale.Belarusian, "СИЗ", ""); len(got) != 1 || got[0].Preferred != "СІА" {
		t.Errorf("an abbreviation: %+v", got)
	}
}

func TestWordsThatAreAvoidedAreFlagged(t *testing.T) {
	g := open(t)
	for _, c := range []struct {
		language        locale.Language
		body, preferred string
	}{
		{locale.Danish, "Vi pakkede madpakker.", "fødevarepakke"},
		{locale.Russian, "Это поручением стало.", "задача"},
		{locale.Belarusian, "Персанальных дадзеных няма.", "Персанальныя даныя"},
		{locale.English, "Beneficiaries called.", "Person we help"},
	} {
		got := g.Avoided(c.language, c.body)
		if len(got) != 1 || got[0].Preferred != c.preferred {
			t.Errorf("%q: %+v", c.body, got)
		}
		if found := g.Find(c.language, c.body); len(found) != 0 {
			t.Errorf("%q is taken for the term itself", found[0].Said)
		}
	}
	if got := g.Avoided(locale.Danish, "Vi pakkede fødevarepakker."); len(got) != 0 {
		t.Errorf("%+v", got)
	}
}

func TestALongTextTakesMilliseconds(t *testing.T) {
	g := open(t)
	for _, l := range locale.All {
		body := strings.Repeat("Волонтёры горячей линии, валанцёры, frivilliges møder, volunteers. ", 300)
		began := time.Now()
		g.Find(l, body)
		// Far above what it takes (some 10 ms) and far below what work that grows with the square of the length would.
		if took := time.Since(began); took > time.Second {
			t.Errorf("%s: %d characters take %s", l, len([]rune(body)), took)
		}
	}
}

func BenchmarkFind(b *testing.B) {
	g := open(b)
	body := strings.Repeat("Волонтёры горячей линии помогали одиноким пожилым людям каждый день. ", 290)
	for b.Loop() {
		g.Find(locale.Russian, body)
	}
}
