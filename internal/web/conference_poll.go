package web

import (
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/signin"
	pages "example.org/tandem/templates/conferences"
)

// showPoll is where people answer, and see what all have answered.
func (w *Web) showPoll(c echo.Context) error {
	one, err := w.one(c, c.Param("id"))
	if err != nil {
		return err
	}
	return w.pollPage(c, one, &form{Values: pollValues(one)})
}

// pollValues are the reader's answers as they are saved.
func pollValues(one pages.One) url.Values {
	v := url.Values{}
	for _, slot := range one.Conference.Slots {
		v.Set(pages.AnswerName(slot.ID), string(slot.Answers[one.Actor.PersonID]))
	}
	return v
}

func (w *Web) pollPage(c echo.Context, one pages.One, f *form) error {
	r := w.reader(c)
	one.Title = r.T("conferences.poll.title")
	if !one.Conference.Is(conference.Poll) {
		one.Title = r.T("conferences.poll.title.over")
	}
	page := pages.Poll{One: one, Form: f.view(r), Ranking: one.Conference.Ranking()}
	var err error
	if page.Days, err = w.daysOf(c.Request().Context(), one.Conference.Slots); err != nil {
		return err
	}
	if page.Answering() {
		page.One.Page.Form = "poll"
	}
	return w.show(c, f.status(), pages.ShowPoll(page))
}

// answerPoll takes the answers that somebody gives for themselves.
func (w *Web) answerPoll(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	one, err := w.one(c, c.Param("id"))
	if err != nil || f.again {
		if err == nil {
			err = w.pollPage(c, one, f)
		}
		return err
	}
	answers := map[string]conference.Choice{}
	for _, slot := range one.Conference.Slots {
		if said := f.line(pages.AnswerName(slot.ID)); said != "" {
			answers[slot.ID] = conference.Choice(said)
		}
	}
	err = w.Conference.AnswerPoll(c.Request().Context(), one.Actor, one.Conference.ID, answers)
	if f.refused(err) {
		return w.pollPage(c, one, f)
	}
	if err != nil {
		return err
	}
	notice := "notice.conference.poll-answered"
	if left := unanswered(one, answers); left > 0 {
		notice = partly + ":" + strconv.Itoa(left)
	}
	return w.seeOther(c, "/conferences/"+one.Conference.ID+"/poll", notice)
}

const partly = "notice.conference.poll-partly" // with how many times are left

// unanswered counts the times of which the reader has said nothing yet.
func unanswered(one pages.One, now map[string]conference.Choice) int {
	left := 0
	for _, slot := range one.Conference.Slots {
		if now[slot.ID] == "" && slot.Answers[one.Actor.PersonID] == "" {
			left++
		}
	}
	return left
}

// chooseTime ends the poll.
func (w *Web) chooseTime(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	id := c.Param("id")
	if !f.again {
		ctx, mailed := mailing(c)
		err = w.Conference.Choose(ctx, signin.ActorOf(c), id, f.line("slot"), f.number("version"))
		if err == nil {
			return w.seeOther(c, "/conferences/"+id, "notice.conference.invited"+mailed())
		}
		if !f.refused(err) {
			return err
		}
	}
	one, err := w.one(c, id)
	if err != nil {
		return err
	}
	return w.pollPage(c, one, &form{Values: pollValues(one), problem: f.problem})
}
