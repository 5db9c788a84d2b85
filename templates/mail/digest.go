package mail

import (
	"example.org/tandem/internal/action"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/lesson"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/minutes"
	"example.org/tandem/internal/text"
	"example.org/tandem/templates/parts"
)

// chapterLength is how many things of a kind a digest names; of the rest it says how many there are.
const chapterLength = 7

// Chapter is one part of a digest: a head, and things with a link each.
type Chapter struct {
	Head  string
	Items []Item
	More  Item // where there are more than were named; else empty
}

// Item is one thing: what it is called, in the best language for the reader, and what there is to say of it in theirs.
type Item struct {
	Title string
	Lang  locale.Language // of the title; "": the reader's own
	Notes []string        // a line each
	URL   string
	Write Link // by which a progress note is sent by mail; the zero value: none
}

// News is something that was to wait for this mail: what its own mail would have told.
type News struct {
	Letter    string // kind of that mail
	SubjectID string
	Title     *text.Text
}

// Digest is what a mail of the day or of the week tells.
type Digest struct {
	Reader locale.Reader
	URL    string                       // of the site, without a slash at its end
	Write  func(actionID string) string // mailto address that a progress note can be sent to; "": none
	Weekly bool                         // else of the day: it has News only

	Awaiting, Coming []conference.Listed
	Unagreed         []minutes.Unagreed
	Tasks            []action.Action
	Lessons          []lesson.Told
	News             []News
	ToTranslate      bool // texts wait to be put into a language that the reader reads; no reason for a mail by itself
}

// Says tells whether there is anything to say.
func (d Digest) Says() bool {
	return len(d.Awaiting)+len(d.Coming)+len(d.Unagreed)+len(d.Tasks)+len(d.Lessons)+len(d.News) > 0
}

// Tells tells whether a thing is among the news already.
func (d Digest) Tells(letter, id string) bool {
	for _, n := range d.News {
		if n.Letter == letter && n.SubjectID == id {
			return true
		}
	}
	return false
}

// Letter puts it into words.
//
// words: mail.weekly.lead mail.weekly.why mail.daily.lead mail.daily.why
func (d Digest) Letter() Letter {
	r, key := d.Reader, "mail.daily"
	l := Letter{Reader: r, Subject: r.T("mail.daily.subject", locale.V{"Date": r.DateShort(r.Now)}), Link: Link{d.URL + "/", r.T("mail.digest.link")}}
	if d.Weekly {
		key, l.Subject = "mail.weekly", r.T("mail.weekly.subject", locale.V{"Date": r.DateShort(r.Now), "Week": r.Week(r.Now)})
	}
	l.Lead, l.Why = r.T(key+".lead"), r.T(key+".why")
	for _, c := range []Chapter{d.coming(), d.waiting(), d.overdue(), d.shared(), d.news()} {
		if len(c.Items) > 0 {
			l.Chapters = append(l.Chapters, c)
		}
	}
	return l
}

func (d Digest) coming() Chapter {
	c := Chapter{Head: d.Reader.T("mail.digest.coming")}
	for _, one := range d.Coming {
		c.Items = append(c.Items, d.item(one.Title, "/conferences/"+one.ID, d.Reader.WhenFor(one.StartsAt, one.Length)))
	}
	return d.cut(c, "/conferences")
}

// waiting is what somebody waits for: answers first, because others plan by them.
func (d Digest) waiting() Chapter {
	r := d.Reader
	c := Chapter{Head: r.T("mail.digest.waiting")}
	for _, one := range d.Awaiting {
		if one.State == conference.Poll {
			notes := []string{r.T("home.awaiting.poll")}
			if !one.Deadline.IsZero() {
				notes = append(notes, r.T("home.answer-by", locale.V{"When": r.WhenWithin(one.Deadline)}))
			}
			c.Items = append(c.Items, d.item(one.Title, "/conferences/"+one.ID+"/poll", notes...))
			continue
		}
		c.Items = append(c.Items, d.item(one.Title, "/conferences/"+one.ID, r.T("home.awaiting.invitation"), r.WhenFor(one.StartsAt, one.Length)))
	}
	for _, m := range d.Unagreed {
		c.Items = append(c.Items, d.item(m.Title, "/conferences/"+m.ConferenceID+"/minutes", r.T("mail.digest.agree")))
	}
	for _, a := range d.Tasks {
		if !r.IsPast(a.DueOn) {
			c.Items = append(c.Items, d.task(a, r.T("mail.digest.due", locale.V{"Date": r.Day(a.DueOn)})))
		}
	}
	c = d.cut(c, "/")
	if d.ToTranslate {
		c.Items = append(c.Items, Item{Title: r.T("mail.digest.queue"), URL: d.URL + "/queue"})
	}
	return c
}

func (d Digest) overdue() Chapter {
	c := Chapter{Head: d.Reader.T("home.overdue")}
	for _, a := range d.Tasks {
		if d.Reader.IsPast(a.DueOn) {
			c.Items = append(c.Items, d.task(a, d.Reader.T("mail.digest.was-due", locale.V{"Date": d.Reader.Day(a.DueOn)})))
		}
	}
	return d.cut(c, "/actions")
}

func (d Digest) shared() Chapter {
	c := Chapter{Head: d.Reader.T("mail.digest.shared")}
	for _, one := range d.Lessons {
		c.Items = append(c.Items, d.item(one.Title, "/lessons/"+one.ID, d.Reader.T("mail.lesson.from")+": "+one.Society.Line(d.Reader.Reads).Body))
	}
	return d.cut(c, "/lessons")
}

// news are told as their own mails tell them.
//
// words: mail.digest.minutes mail.digest.voided mail.digest.lesson mail.digest.proposal mail.digest.proposal-answered
func (d Digest) news() Chapter {
	c := Chapter{Head: d.Reader.T("mail.digest.news")}
	for _, n := range d.News {
		path := map[string]string{"minutes": "/conferences/" + n.SubjectID + "/minutes", "voided": "/conferences/" + n.SubjectID + "/minutes",
			"lesson": "/lessons/" + n.SubjectID}[n.Letter]
		if path == "" {
			path = "/partnerships/proposals/" + n.SubjectID
		}
		c.Items = append(c.Items, d.item(*n.Title, path, d.Reader.T("mail.digest."+n.Letter)))
	}
	return d.cut(c, "/")
}

// item is something by its title, labelled where that is not in the reader's own language.
func (d Digest) item(title text.Text, path string, notes ...string) Item {
	said := title.Line(d.Reader.Reads)
	if label := parts.Origin(d.Reader, said); label != "" {
		notes = append(notes, label)
	}
	return Item{Title: said.Body, Lang: said.Language, Notes: notes, URL: d.URL + path}
}

// task is an action item of the reader's, with a way to say by mail how far it is.
func (d Digest) task(a action.Action, note string) Item {
	i := d.item(a.Title, "/actions/"+a.ID, note)
	if address := d.Write(a.ID); address != "" {
		i.Write = Link{address, d.Reader.T("mail.digest.write")}
	}
	return i
}

// cut leaves the first ones, and says how many there are besides.
func (d Digest) cut(c Chapter, path string) Chapter {
	if n := len(c.Items) - chapterLength; n > 0 {
		c.Items = c.Items[:chapterLength:chapterLength]
		c.More = Item{Title: d.Reader.N("mail.digest.more", n), URL: d.URL + path}
	}
	return c
}

// text is a chapter for those who read plain text.
func (c Chapter) text() []string {
	lines := []string{c.Head}
	for _, i := range append(c.Items, c.More) {
		if i.Title != "" {
			lines = append(lines, "– "+i.Title)
			for _, note := range append(i.Notes, i.URL) {
				lines = append(lines, "  "+note)
			}
			if i.Write.URL != "" {
				lines = append(lines, "  "+i.Write.Label+": "+i.Write.URL)
			}
		}
	}
	return lines
}
