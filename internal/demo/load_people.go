package demo

import (
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/org"
)

// founded is when everything that the story presupposes was there.
var founded = time.Date(2020, 5, 4, 8, 0, 0, 0, time.UTC)

func (l *loader) organisations() error {
	l.at(founded)
	societies := map[string]string{} // a unit's society; parents come before their units in the file
	for _, o := range l.content.Organisations {
		societies[o.ID] = o.ID
		if o.Parent != "" {
			societies[o.ID] = societies[o.Parent]
		}
		if err := l.unit(o, societies[o.ID]); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) unit(o organisation, society string) error {
	var ids [3]string
	for i, w := range []words{o.Name, o.ShortName, o.City} {
		var err error
		if ids[i], err = l.text(w, o.Languages[0], ""); err != nil {
			return err
		}
	}
	err := l.exec(`insert into units (id, society_id, parent_id, level, country, zone, languages, name_id, short_name_id, place_id)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, ID(o.ID), ID(society), null(ID(o.Parent)), o.Level, o.Country, o.TimeZone,
		locale.JoinList(o.Languages), ids[0], ids[1], ids[2])
	if err != nil {
		return err
	}
	if err := l.exec(`insert into unit_ancestors (unit_id, ancestor_id, depth) values ($1, $1, 0)`, ID(o.ID)); err != nil {
		return err
	}
	return l.exec(`insert into unit_ancestors (unit_id, ancestor_id, depth)
		select $1, ancestor_id, depth + 1 from unit_ancestors where unit_id = $2`, ID(o.ID), ID(o.Parent))
}

// roles are what the content file calls them (DESIGN §10).
var roles = map[string]access.Role{"orgAdmin": access.Administrator, "editor": access.Coordinator, "reader": access.Staff}

func (l *loader) people() error {
	for _, p := range l.content.People {
		source := p.UILanguage
		name, err := l.text(p.DisplayName, source, ID(p.ID))
		if err != nil {
			return err
		}
		siteAdmin := p.Access == "admin"
		err = l.exec(`insert into people (id, name_id, email, language, reads, writes, zone, site_admin, joined_at)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, ID(p.ID), name, p.Email, string(p.UILanguage), locale.JoinList(p.Speaks),
			string(p.UILanguage), p.TimeZone, siteAdmin, l.tx.Now)
		if err != nil {
			return err
		}
		err = l.exec(`insert into consents (person_id, version, language, at) values ($1, $2, $3, $4)`,
			ID(p.ID), org.PrivacyVersion, string(p.UILanguage), l.tx.Now)
		if err != nil {
			return err
		}
		if siteAdmin {
			continue // looks after the installation and belongs to no unit
		}
		role := roles[p.Access]
		if p.ID == "p-interp" {
			role = access.Staff
		}
		err = l.exec(`insert into memberships (id, person_id, unit_id, role, since_at) values ($1, $2, $3, $4, $5)`,
			database.NewID(), ID(p.ID), ID(p.Org), string(role), l.tx.Now)
		if err != nil {
			return err
		}
	}
	return nil
}

// partners are the units of the one partnership. It is no twinning: the story names no Belarusian twin of Køge.
var partners = []string{"brc-sec", "brc-brest", "brc-vitebsk", "brc-gomel", "brc-grodno", "brc-mogilev", "brc-minsk-region",
	"brc-minsk-city", "drc-hq", "drc-koge"}

const partnershipID = "partnership"

func (l *loader) partnership() error {
	name, err := l.text(words{
		locale.Russian: "Волонтёры в условиях COVID-19", locale.Belarusian: "Валанцёры ва ўмовах COVID-19",
		locale.Danish: "Frivillige under covid-19", locale.English: "Volunteers under COVID-19",
	}, locale.Russian, ID("p-brc-vol"))
	if err != nil {
		return err
	}
	purpose, err := l.text(words{
		locale.Russian:    "Обмениваться опытом работы с волонтёрами во время пандемии и вместе готовиться к осени.",
		locale.Belarusian: "Абменьвацца вопытам работы з валанцёрамі падчас пандэміі і разам рыхтавацца да восені.",
		locale.Danish:     "At udveksle erfaringer med frivilligt arbejde under pandemien og forberede efteråret sammen.",
		locale.English:    "To share what we learn about working with volunteers during the pandemic, and to prepare for the autumn together.",
	}, locale.Russian, ID("p-brc-vol"))
	if err != nil {
		return err
	}
	err = l.exec(`insert into partnerships (id, name_id, purpose_id, kind, starts_on) values ($1, $2, $3, 'partnership', '2020-05-04')`,
		ID(partnershipID), name, purpose)
	if err != nil {
		return err
	}
	for i, unit := range partners {
		err := l.exec(`insert into partnership_units (partnership_id, unit_id, position) values ($1, $2, $3)`, ID(partnershipID), ID(unit), i)
		if err != nil {
			return err
		}
	}
	return nil
}
