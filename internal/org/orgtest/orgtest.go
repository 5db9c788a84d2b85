// Package orgtest fills a test's database with two societies, some of their units and people, and two partnerships.
package orgtest

import (
	"context"
	"testing"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
	"example.org/tandem/internal/text"
)

// Person is somebody of the sample, with their first membership.
type Person struct {
	ID           string
	UnitID       string // "" for a person without membership
	SocietyID    string
	MembershipID string
	Actor        access.Actor // as at sign-in
}

// World is what New has made. Partnership joins Secretariat, Brest, Headquarters and Koge; the Other one Vitebsk and Aarhus.
type World struct {
	Partnership, Other string // IDs

	Belarus, Secretariat, Brest, BrestTown, Vitebsk string // units; BrestTown is below Brest
	Denmark, Headquarters, Koge, Aarhus             string

	MinskCoordinator  Person // of the Secretariat; Russian
	BrestCoordinator  Person // Belarusian
	BrestStaff        Person // Belarusian
	BrestTownStaff    Person // of a unit below one of the partnership: sees nothing of it
	MinskAdmin        Person // administrator of the whole Belarusian society
	DenmarkAdmin      Person // administrator of the whole Danish society
	KogeCoordinator   Person // Danish
	KogeStaff         Person // English
	HeadquartersStaff Person // Danish
	Outsider          Person // coordinator of Vitebsk, in the Other partnership only
	Former            Person // was coordinator of Brest; the membership is over
	SiteAdmin         Person // no membership
}

// New writes the sample. It changes nothing else, and every call makes a new one.
func New(t testing.TB, db *database.DB) World {
	t.Helper()
	var w World
	err := db.Write(t.Context(), func(tx *database.Tx) error {
		b := &builder{ctx: t.Context(), tx: tx, store: org.New(db)}
		w = b.world()
		return b.err
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// builder goes on until the first error and keeps that.
type builder struct {
	ctx   context.Context
	tx    *database.Tx
	store *org.Store
	err   error
}

func (b *builder) world() World {
	var w World
	w.Belarus = b.unit("", org.National, "Белорусский Красный Крест", "БКК")
	w.Secretariat = b.unit(w.Belarus, org.Secretariat, "Секретариат", "Секретариат, Минск")
	w.Brest = b.unit(w.Belarus, org.Regional, "Брестская областная организация", "Брестская область")
	w.BrestTown = b.unit(w.Brest, org.City, "Брестская городская организация", "Брест")
	w.Vitebsk = b.unit(w.Belarus, org.Regional, "Витебская областная организация", "Витебская область")
	w.Denmark = b.unit("", org.National, "Dansk Røde Kors", "Dansk RK")
	w.Headquarters = b.unit(w.Denmark, org.Headquarters, "Landskontoret", "Landskontoret, København")
	w.Koge = b.unit(w.Denmark, org.Branch, "Røde Kors Køge", "Køge")
	w.Aarhus = b.unit(w.Denmark, org.Branch, "Røde Kors Aarhus", "Aarhus")
	w.Partnership = b.partnership("Волонтёры в условиях COVID-19", "Frivillige under covid-19", w.Secretariat, w.Brest, w.Headquarters, w.Koge)
	w.Other = b.partnership("Первая помощь", "Førstehjælp", w.Vitebsk, w.Aarhus)
	b.people(&w)
	return w
}

func (b *builder) people(w *World) {
	const ru, be, da, en = locale.Russian, locale.Belarusian, locale.Danish, locale.English
	w.MinskCoordinator = b.person("Координатор, Секретариат", w.Secretariat, w.Belarus, access.Coordinator, ru, be, en)
	w.BrestCoordinator = b.person("Каардынатар, Брэст", w.Brest, w.Belarus, access.Coordinator, be, ru)
	w.BrestStaff = b.person("Супрацоўнік, Брэст", w.Brest, w.Belarus, access.Staff, be, ru)
	w.BrestTownStaff = b.person("Супрацоўнік, горад Брэст", w.BrestTown, w.Belarus, access.Staff, be, ru)
	w.MinskAdmin = b.person("Администратор, Минск", w.Belarus, w.Belarus, access.Administrator, ru, be)
	w.DenmarkAdmin = b.person("Administrator, København", w.Denmark, w.Denmark, access.Administrator, da, en)
	w.KogeCoordinator = b.person("Afdelingsformand, Køge", w.Koge, w.Denmark, access.Coordinator, da, en)
	w.KogeStaff = b.person("Volunteer, Køge", w.Koge, w.Denmark, access.Staff, en, da)
	w.HeadquartersStaff = b.person("Konsulent, Landskontoret", w.Headquarters, w.Denmark, access.Staff, da, en)
	w.Outsider = b.person("Координатор, Витебск", w.Vitebsk, w.Belarus, access.Coordinator, ru, be)
	w.Former = b.person("Каардынатар у мінулым", w.Brest, w.Belarus, access.Coordinator, be, ru)
	b.keep(b.store.EndMembershipIn(b.ctx, b.tx, "", w.Former.MembershipID))
	w.Former.Actor.Memberships = nil
	w.SiteAdmin = b.person("Portal administrator", "", "", "", en, ru)
	w.SiteAdmin.Actor.SiteAdmin = true
}

func (b *builder) unit(parent string, level org.Level, name, short string) (id string) {
	if b.err != nil {
		return ""
	}
	d := org.UnitDraft{ParentID: parent, Level: level, Name: in(name), ShortName: in(short), Place: in(short)}
	add := b.store.AddUnitIn
	if level == org.National {
		add = b.store.AddSocietyIn
		d.Country, d.Zone, d.Languages = "BY", "Europe/Minsk", []locale.Language{locale.Russian, locale.Belarusian}
		if script(name) == locale.Danish {
			d.Country, d.Zone, d.Languages = "DK", "Europe/Copenhagen", []locale.Language{locale.Danish, locale.English}
		}
	}
	id, err := add(b.ctx, b.tx, "", d)
	b.keep(err)
	return id
}

func (b *builder) person(name, unit, society string, role access.Role, reads ...locale.Language) (p Person) {
	if b.err != nil {
		return p
	}
	zone := "Europe/Minsk"
	if reads[0] == locale.Danish || role == "" || reads[0] == locale.English {
		zone = "Europe/Copenhagen"
	}
	d := org.PersonDraft{Name: org.Name{{Language: reads[0], Body: name}}, Email: database.NewID() + "@tandem.example",
		Language: reads[0], Reads: reads, Zone: zone, SiteAdmin: unit == ""}
	id, err := b.store.AddPersonIn(b.ctx, b.tx, "", d)
	b.keep(err)
	p = Person{ID: id, UnitID: unit, SocietyID: society,
		Actor: access.Actor{PersonID: id, Language: reads[0], Reads: reads, Writes: reads[0], Zone: zone}}
	if unit == "" || b.err != nil {
		return p
	}
	p.MembershipID, err = b.store.JoinIn(b.ctx, b.tx, "", id, unit, role)
	b.keep(err)
	p.Actor.Memberships = []access.Membership{{UnitID: unit, SocietyID: society, Role: role}}
	return p
}

func (b *builder) partnership(russian, danish string, units ...string) (id string) {
	if b.err != nil {
		return ""
	}
	names := org.Name{{Language: locale.Russian, Body: russian}, {Language: locale.Danish, Body: danish}}
	id, err := b.store.PlanPartnershipIn(b.ctx, b.tx, "", org.PartnershipDraft{Kind: org.Joint, Name: names,
		Purpose: in("Обмен опытом."), StartsOn: "2020-05-04", UnitIDs: units})
	b.keep(err)
	return id
}

func (b *builder) keep(err error) {
	if b.err == nil {
		b.err = err
	}
}

func in(name string) org.Name { return org.Name{text.Draft{Language: script(name), Body: name}} }

// script guesses the language of a sample name.
func script(name string) locale.Language {
	for _, r := range name {
		if r >= 'А' && r <= 'я' {
			return locale.Russian
		}
	}
	return locale.Danish
}
