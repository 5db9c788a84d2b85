package minutes

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"slices"
)

// Fingerprint stands for what the minutes mean: which paragraphs there are and what meaning each has, who took part, which
// decisions, which action items with whose parts and what due date. A translation, a mended slip of the pen or a finished
// action item changes none of it.
func (r Record) Fingerprint() string {
	h := sha256.New()
	r.Title.mark(h)
	r.Purpose.mark(h)
	for _, side := range r.Sides {
		side.mark(h)
	}
	for _, item := range r.Items {
		fmt.Fprintln(h, "item", item.ID)
		item.Topic.mark(h)
		item.Notes.mark(h)
		markOutcomes(h, item.Decisions, item.Actions)
	}
	fmt.Fprintln(h, "no item")
	markOutcomes(h, r.Decisions, r.Actions)
	return hex.EncodeToString(h.Sum(nil))
}

func (s Side) mark(h hash.Hash) {
	fmt.Fprintln(h, "side", s.SocietyID)
	for _, person := range s.ids() {
		fmt.Fprintln(h, "person", person)
	}
	for _, other := range s.Others {
		fmt.Fprintln(h, "other", other.ID)
	}
}

// ids are in an order of their own: in which order people are listed says nothing.
func (s Side) ids() []string {
	ids := make([]string, len(s.People))
	for i, p := range s.People {
		ids[i] = p.PersonID
	}
	slices.Sort(ids)
	return ids
}

func (passage Passage) mark(h hash.Hash) {
	for _, p := range passage {
		fmt.Fprintln(h, "paragraph", p.ID, p.Meaning)
	}
}

func markOutcomes(h hash.Hash, decisions []Decision, actions []Action) {
	for _, d := range decisions {
		fmt.Fprintln(h, "decision", d.ID)
		d.Text.mark(h)
	}
	for _, a := range actions {
		fmt.Fprintln(h, "action", a.ID, a.DueOn)
		a.Title.mark(h)
		for _, p := range a.Parts {
			fmt.Fprintln(h, "part", p.UnitID, p.PersonID)
		}
	}
}
