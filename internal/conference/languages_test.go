package conference_test

import (
	"maps"
	"testing"
	"time"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
)

var russianDanish = conference.Pair{From: locale.Russian, To: locale.Danish}

// interpreted is a plan by which Køge's volunteer interprets into Danish, and one listens in Danish by a link.
func (h house) interpreted() conference.LanguagePlan {
	return conference.LanguagePlan{Interprets: map[string][]conference.Pair{h.KogeStaff.ID: {russianDanish}},
		Listening: map[locale.Language]string{locale.Danish: "listen.example.org/dansk", locale.Russian: ""}}
}

func TestWhoInterpretsAndWhereOneListensIsKeptAndTold(t *testing.T) {
	each(t, func(h house) {
		c := h.scheduled()
		ctx, minsk := h.Context(), h.MinskCoordinator.Actor
		h.refused(h.PlanLanguages(ctx, h.KogeStaff.Actor, c.ID, c.Version, h.interpreted()), "error.forbidden")
		h.missing(h.PlanLanguages(ctx, h.Outsider.Actor, c.ID, c.Version, h.interpreted()))
		h.ok(h.PlanLanguages(ctx, minsk, c.ID, c.Version, h.interpreted()))
		got := h.find(c.ID)
		if !maps.Equal(got.Listening, map[locale.Language]string{locale.Danish: "https://listen.example.org/dansk"}) {
			h.Errorf("listening: %v", got.Listening)
		}
		if list := got.Interpreters(locale.Danish, locale.Russian); len(list) != 1 || list[0].PersonID != h.KogeStaff.ID {
			h.Errorf("interpreters: %v", list)
		}
		if n := len(h.letters(conference.ChangeMail, c.ID)); n != 4 || got.Sequence != c.Sequence+1 {
			h.Errorf("%d letters, number %d", n, got.Sequence)
		}
		h.ok(h.PlanLanguages(ctx, minsk, c.ID, got.Version, h.interpreted()))
		if again := h.find(c.ID); again.Sequence != got.Sequence {
			h.Error("what stayed as it was is told")
		}
		h.refused(h.PlanLanguages(ctx, minsk, c.ID, c.Version, h.interpreted()), problem.MovedKey)
	})
}

func TestWhatALanguagePlanIsRefusedFor(t *testing.T) {
	each(t, func(h house) {
		c := h.poll()
		for field, wrong := range map[string]struct {
			plan conference.LanguagePlan
			key  string
		}{
			"interpreter-ru-da": {conference.LanguagePlan{Interprets: map[string][]conference.Pair{h.Outsider.ID: {russianDanish}}}, "error.choice"},
			"interpreter-be-en": {conference.LanguagePlan{Interprets: map[string][]conference.Pair{h.KogeStaff.ID: {{From: locale.English, To: locale.Belarusian}}}}, "error.choice"},
			"listening-en":      {conference.LanguagePlan{Listening: map[locale.Language]string{locale.English: "https://listen.example.org"}}, "error.choice"},
			"listening-da":      {conference.LanguagePlan{Listening: map[locale.Language]string{locale.Danish: "http://listen.example.org"}}, "room.problem.https"},
		} {
			h.refusedField(h.PlanLanguages(h.Context(), h.MinskCoordinator.Actor, c.ID, c.Version, wrong.plan), field, wrong.key)
		}
		h.ok(h.PlanLanguages(h.Context(), h.MinskCoordinator.Actor, c.ID, c.Version, h.interpreted()))
		if n := len(h.letters(conference.ChangeMail, c.ID)); n != 0 {
			h.Errorf("a poll has no room yet, and %d were told", n)
		}
		over := h.scheduled()
		h.clock.Advance(365 * 24 * time.Hour)
		h.refused(h.PlanLanguages(h.Context(), h.MinskCoordinator.Actor, over.ID, over.Version, h.interpreted()), "conference.problem.closed")
	})
}

func TestOnlyAGuestWhoInterpretsReadsThePapers(t *testing.T) {
	each(t, func(h house) {
		c := h.scheduled()
		guest := access.Actor{PersonID: h.Outsider.ID, Guest: true}
		c.Participants = append(c.Participants, conference.Participant{PersonID: h.Outsider.ID, Guest: true})
		if c.May(guest, access.ReadPapers) || c.May(guest, access.SeeConference) {
			h.Error("any guest reads the papers")
		}
		c.Participants[len(c.Participants)-1].Interprets = []conference.Pair{russianDanish}
		if !c.May(guest, access.ReadPapers) || c.May(guest, access.SeeConference) {
			h.Error("an interpreter reads the papers and nothing else")
		}
		c.State = conference.Draft
		if c.May(guest, access.ReadPapers) {
			h.Error("of a draft too")
		}
	})
}

func TestEveryTimeOfASeriesHasItsInterpreters(t *testing.T) {
	each(t, func(h house) {
		c := h.scheduled()
		h.ok(h.PlanLanguages(h.Context(), h.MinskCoordinator.Actor, c.ID, c.Version, h.interpreted()))
		for _, o := range h.repeated(h.find(c.ID)).Occurrences {
			if got := h.find(o.ID); len(got.Interpreters(locale.Russian, locale.Danish)) != 1 || got.Listening[locale.Danish] == "" {
				h.Errorf("%s: %v", o.Local, got.Listening)
			}
		}
	})
}
