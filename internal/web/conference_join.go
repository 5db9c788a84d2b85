package web

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/room"
	"example.org/tandem/internal/signin"
	pages "example.org/tandem/templates/conferences"
)

// showJoin is the way into the room.
func (w *Web) showJoin(c echo.Context) error {
	one, err := w.one(c, c.Param("id"))
	if err != nil {
		return err
	}
	return w.joinPage(c, one, one.At("/join"), &form{})
}

// join sends somebody into the room by a way that is made for them at this moment.
func (w *Web) join(c echo.Context) error {
	one, err := w.one(c, c.Param("id"))
	if err != nil {
		return err
	}
	return w.enter(c, one, one.At("/join"))
}

// showGuestJoin is the way into the room for somebody without an account.
func (w *Web) showGuestJoin(c echo.Context) error {
	return w.asGuest(c, func(one pages.One) error { return w.joinPage(c, one, guestPath(c)+"/join"+guestTime(c), &form{}) })
}

func (w *Web) guestJoins(c echo.Context) error {
	return w.asGuest(c, func(one pages.One) error { return w.enter(c, one, guestPath(c)+"/join"+guestTime(c)) })
}

func guestPath(c echo.Context) string { return "/guest/" + c.Param("token") }

func (w *Web) enter(c echo.Context, one pages.One, path string) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	if f.again {
		return w.joinPage(c, one, path, f)
	}
	visitor := room.Visitor{Name: one.Actor.Name, Quiet: f.Get("quiet") == "yes"}
	if _, asked := one.Conference.Participant(one.Actor.PersonID); asked {
		visitor.Name = one.Names.Person(one.Actor.PersonID).Line(one.Reader.Reads).Body
	}
	to, err := w.Conference.Enter(c.Request().Context(), one.Actor, one.Conference, roomTitle(one), visitor)
	if p, is := problem.As(err); is && p.Kind == problem.Unavailable || f.refused(err) {
		f.problem = p
		return w.joinPage(c, one, path, f)
	}
	if err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, to)
}

// roomTitle is what the room is called on its server, where all of its visitors read it.
func roomTitle(one pages.One) string {
	title := one.Conference.Title
	if title.Empty() {
		return one.Title
	}
	return title.In(title.Paragraphs[0].Origin)
}

// joinPage shows the way in, and what people do when there is none.
func (w *Web) joinPage(c echo.Context, one pages.One, path string, f *form) error {
	one.Reader = w.reader(c) // it may have been switched
	one.Page = w.base(c, "conferences", one.Reader.T("conferences.join.title"))
	if one.Actor.Guest {
		one.Page.Section = ""
	}
	one.Page.Form = "enter"
	emails, err := w.Org.Emails(c.Request().Context(), []string{one.Conference.CreatedByID})
	if err != nil {
		return err
	}
	page := pages.Join{One: one, Path: path, Site: w.site(), Organiser: emails[one.Conference.CreatedByID]}
	w.lookIn(c, &page)
	code := f.status()
	if p := f.problem; p != nil {
		page.Refused = one.Reader.T(p.Key, p.Values)
		code = status[p.Kind]
		if p.Cause != nil {
			w.Log.Warn("the way into a room is shut", "route", c.Path(), "error", p.Cause)
		}
		if page.Down {
			page.Refused = "" // it is said already
		}
	}
	return w.show(c, code, pages.ShowJoin(page))
}

// lookIn asks the room's server what there is to know of it. Whatever it does not say, the page does without.
func (w *Web) lookIn(c echo.Context, page *pages.Join) {
	ctx, now := c.Request().Context(), w.DB.Now()
	page.Host, page.Open = page.Conference.HostedBy(page.Actor), page.Conference.OpenTo(page.Actor, now)
	there, known := w.Conference.Room(page.Conference, "")
	page.Gone = page.Conference.Room.There() && !known
	m, asks := there.(room.Meeting)
	over := page.Conference.Is(conference.InProgress, conference.Held, conference.Agreed)
	watches := asks && over && (page.Host || page.Conference.RecordingsShared)
	if !known || !page.Open && !watches {
		return
	}
	if page.Open {
		elsewhere(c) // a BigBlueButton server may send people on to another one
	}
	if err := there.Answers(ctx); err != nil {
		w.Log.Warn("the server of a room does not answer", "route", c.Path(), "error", err)
		page.Down = true
		return
	}
	var err error
	if page.Open && asks && page.Host {
		if page.Running, err = m.Running(ctx); err != nil {
			w.Log.Warn("the server of a room does not say whether it is on", "route", c.Path(), "error", err)
		}
	}
	if watches {
		page.Watches = true
		if page.Recordings, err = m.Recordings(ctx); err != nil {
			w.Log.Warn("the server of a room does not give its recordings", "route", c.Path(), "error", err)
			page.Unknown = true
		}
	}
}

// endRoom puts everybody out.
func (w *Web) endRoom(c echo.Context) error {
	return w.hosting(c, func(id string, _ *form) (string, error) {
		return "notice.conference.room-ended", w.Conference.EndRoom(c.Request().Context(), signin.ActorOf(c), id)
	})
}

// shareRecordings shows what was recorded to all who may see the conference, or to its hosts only.
//
// words: notice.conference.recordings-shared notice.conference.recordings-kept
func (w *Web) shareRecordings(c echo.Context) error {
	return w.hosting(c, func(id string, f *form) (string, error) {
		share, notice := f.Get("share") == "yes", "notice.conference.recordings-kept"
		if share {
			notice = "notice.conference.recordings-shared"
		}
		return notice, w.Conference.ShareRecordings(c.Request().Context(), signin.ActorOf(c), id, share)
	})
}

// hosting is a deed of a host on the page of the room.
func (w *Web) hosting(c echo.Context, do func(id string, f *form) (notice string, err error)) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	id := c.Param("id")
	if !f.again {
		notice, err := do(id, f)
		if err == nil {
			return w.seeOther(c, "/conferences/"+id+"/join", notice)
		}
		if p, is := problem.As(err); !is || !slices.Contains([]problem.Kind{problem.Invalid, problem.Unavailable}, p.Kind) {
			return err
		}
		f.problem, _ = problem.As(err)
	}
	one, err := w.one(c, id)
	if err != nil {
		return err
	}
	return w.joinPage(c, one, one.At("/join"), f)
}

// wayIn is the address of a conference's room from the pages beside it; "" for none.
func wayIn(c conference.Conference) string {
	if c.Room.URL == "" && c.Room.There() {
		return "/conferences/" + c.ID + "/join"
	}
	return c.Room.URL
}
