package work

import (
	"context"
	"errors"
	"slices"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/audit"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/text"
)

// Note is what somebody has in the text area of one agenda item.
type Note struct {
	ItemID string
	Body   string
	Base   int // version of the text that they started from
	// Began is the text that they started from, where that is no saved version: they typed on while it was on its way and
	// came to be saved together with what others had written.
	Began *string
	// Sent is what they sent before and had no answer to. If it has come, they started from that.
	Sent *string
}

// Saved is what became of one note.
type Saved struct {
	ItemID  string
	Version int         // to start from next
	Text    string      // the whole note in that language as it is now
	Merged  bool        // Text holds what others wrote, beside what was typed
	Notes   text.Text   // in all languages
	Clash   *text.Clash // others changed the same paragraphs: nothing was written, somebody has to choose
}

// SaveNotes keeps the notes of some agenda items in one language. Notes are written by several people at once: what does
// not clash is put together, and a clash in one item does not keep the others from being saved.
func (d *Desk) SaveNotes(ctx context.Context, a access.Actor, conferenceID string, l locale.Language, notes []Note) (saved []Saved, err error) {
	err = d.db.Write(ctx, func(tx *database.Tx) error {
		saved, err = d.saveNotes(ctx, tx, a, conferenceID, l, notes)
		return err
	})
	return saved, err
}

func (d *Desk) saveNotes(ctx context.Context, tx *database.Tx, a access.Actor, conferenceID string, l locale.Language, notes []Note) ([]Saved, error) {
	c, err := d.Conferences.FindIn(ctx, tx, a, conferenceID)
	if err != nil {
		return nil, err
	}
	if err := access.Check(a, access.WriteNotes, access.SeeConference, c.Case(a)); err != nil {
		return nil, err
	}
	if err := writable(c); err != nil {
		return nil, err
	}
	texts, err := notesOf(ctx, tx, c)
	if err != nil {
		return nil, err
	}
	saved := make([]Saved, len(notes))
	for i, n := range notes {
		if saved[i], err = saveNote(ctx, tx, a, c, texts, l, n); err != nil {
			return nil, err
		}
	}
	return saved, d.recheck(ctx, tx, c)
}

// writable refuses to change what has been agreed to, or what will not take place.
func writable(c conference.Conference) error {
	switch {
	case c.Is(conference.Agreed):
		return problem.Refuse("notes.problem.agreed")
	case c.Is(conference.Cancelled):
		return problem.Refuse("notes.problem.cancelled")
	}
	return nil
}

// notesOf are the notes of all items of a conference, by the IDs of their texts.
func notesOf(ctx context.Context, tx *database.Tx, c conference.Conference) (text.Texts, error) {
	ids := make([]string, len(c.Agenda))
	for i, item := range c.Agenda {
		ids[i] = item.NotesID
	}
	return text.Load(ctx, tx, ids...)
}

func saveNote(ctx context.Context, tx *database.Tx, a access.Actor, c conference.Conference, texts text.Texts, l locale.Language, n Note) (Saved, error) {
	i := slices.IndexFunc(c.Agenda, func(item conference.Item) bool { return item.ID == n.ItemID })
	if i < 0 {
		return Saved{}, problem.Missing()
	}
	before := texts[c.Agenda[i].NotesID]
	var check problem.Check
	for _, body := range []*string{&n.Body, n.Began, n.Sent} { // a comparison costs as much as any of them is long
		if body != nil {
			text.Draft{Language: l, Body: *body}.CheckBody(&check, "body-"+n.ItemID)
		}
	}
	if err := check.Err(); err != nil {
		return Saved{}, err
	}
	version, err := n.save(ctx, tx, a, before, l)
	var clash *text.Clash
	if errors.As(err, &clash) {
		return Saved{ItemID: n.ItemID, Version: clash.Version, Notes: before, Clash: clash}, nil
	}
	if err != nil {
		return Saved{}, err
	}
	return n.saved(ctx, tx, a, before, l, version)
}

// save writes unless nothing has changed on either side: most items of a page have not.
func (n Note) save(ctx context.Context, tx *database.Tx, a access.Actor, before text.Text, l locale.Language) (int, error) {
	typed := text.Split(n.Body)
	now := text.Split(before.In(l))
	if slices.Equal(typed, now) {
		return before.Version, nil
	}
	edit := text.Edit{TextID: before.ID, Base: n.Base, Language: l, Body: n.Body, PersonID: a.PersonID}
	switch {
	case n.Sent != nil && slices.Equal(text.Split(*n.Sent), now):
		edit.Base = before.Version
	case n.Began != nil:
		chunks := text.Merge(text.Split(*n.Began), typed, now)
		if slices.ContainsFunc(chunks, func(c text.Chunk) bool { return c.Clash }) {
			return 0, &text.Clash{Version: before.Version, Chunks: chunks}
		}
		var all []text.Block
		for _, c := range chunks {
			all = append(all, c.Mine...)
		}
		edit.Base, edit.Body = before.Version, text.Join(all)
	}
	return text.Save(ctx, tx, edit)
}

func (n Note) saved(ctx context.Context, tx *database.Tx, a access.Actor, before text.Text, l locale.Language, version int) (Saved, error) {
	after := before
	if version != before.Version {
		var err error
		if after, err = text.One(ctx, tx, before.ID); err != nil {
			return Saved{}, err
		}
		err = audit.Record(ctx, tx, a.PersonID, "write notes", "text:"+before.ID, audit.Details{"item": n.ItemID, "language": string(l)})
		if err != nil {
			return Saved{}, err
		}
	}
	now := after.In(l)
	merged := !slices.Equal(text.Split(now), text.Split(n.Body))
	return Saved{ItemID: n.ItemID, Version: version, Text: now, Merged: merged, Notes: after}, nil
}
