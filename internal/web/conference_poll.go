package web

import (
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/problem"
	"example.org/tandem/internal/signin"
	pages "example.org/tandem/templates/conferences"
)

// showPoll is where people answer, and see what all have answered.
func (w *Web) showPoll(c echo.Context) error {
	one, err := w.one(c, c.Param("id"))
	if err != nil {
		return err
	}
	values := pollValues(one, c.QueryParam("for"))
	if one.Conference.Is(conference.Poll) && len(one.Conference.Slots) > 0 {
		if on, at, is := proposedStart(c, one.Conference.Slots[0].Zone); is {
			values.Set("offer", on)
			values.Set("offer-time", at)
		}
	}
	return w.pollPage(c, one, &form{Values: values})
}

// pollValues are the answers of the reader, or of whom they answer for, as they are saved.
func pollValues(one pages.One, other string) url.Values {
	v, who := url.Values{}, one.Actor.PersonID
	if other != "" {
		who = other
		v.Set("for", other)
	}
	for _, slot := range one.Conference.Slots {
		v.Set(pages.AnswerName(slot.ID), string(slot.Answers[who]))
	}
	asked, _ := one.Conference.Participant(who)
	v.Set("note", asked.PollNote.Body)
	return v
}

// answersFor is whom a form answers for: "" for its reader. Of somebody who is not on the list, or for whom the reader may not
// answer, there is no page.
func answersFor(one pages.One, f *form) (string, error) {
	other := f.line("for")
	if other == "" || other == one.Actor.PersonID {
		return "", nil
	}
	if _, asked := one.Conference.Participant(other); !asked || !one.May(access.PlanConference) {
		return "", problem.Missing()
	}
	return other, nil
}

func (w *Web) pollPage(c echo.Context, one pages.One, f *form) error {
	r := w.reader(c)
	one.Title = r.T("conferences.poll.title")
	if !one.Conference.Is(conference.Poll) {
		one.Title = r.T("conferences.poll.title.over")
	}
	page := pages.Poll{One: one, Form: f.view(r), Ranking: one.Conference.Ranking()}
	var err error
	if page.For, err = answersFor(one, f); err != nil {
		return err
	}
	if page.Days, err = w.daysOf(c.Request().Context(), one.Conference.Slots); err != nil {
		return err
	}
	if page.Answering() {
		page.One.Page.Form = "poll"
	}
	return w.show(c, f.status(), pages.ShowPoll(page))
}

// answerPoll takes the answers that somebody gives for themselves, or for somebody whom they have asked.
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
	other, err := answersFor(one, f)
	if err != nil {
		return err
	}
	err = w.Conference.AnswerPoll(c.Request().Context(), one.Actor, one.Conference.ID,
		conference.PollAnswer{PersonID: other, Choices: answers, Note: f.line("note"), Language: one.Actor.Writes})
	if f.refused(err) {
		return w.pollPage(c, one, f)
	}
	if err != nil {
		return err
	}
	notice := "notice.conference.poll-answered"
	if left := unanswered(one, answers); left > 0 && other == "" {
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
	return w.pollPage(c, one, &form{Values: pollValues(one, ""), problem: f.problem})
}

// offerTime adds a time to the poll.
func (w *Web) offerTime(c echo.Context) error {
	f, err := w.form(c)
	if err != nil {
		return err
	}
	id := c.Param("id")
	if !f.again {
		ctx, mailed := mailing(c)
		err = w.Conference.Offer(ctx, signin.ActorOf(c), id, day(f.line("offer"))+"T"+hour(f.line("offer-time")), f.number("version"))
		if err == nil {
			return w.seeOther(c, "/conferences/"+id+"/poll", "notice.conference.asked"+mailed())
		}
		if !f.refused(err) {
			return err
		}
	}
	one, err := w.one(c, id)
	if err != nil {
		return err
	}
	values := pollValues(one, "")
	for _, field := range []string{"offer", "offer-time"} {
		values.Set(field, f.Get(field))
	}
	return w.pollPage(c, one, &form{Values: values, problem: f.problem})
}
