package web

import (
	"strconv"

	"example.org/tandem/internal/conference"
	"example.org/tandem/internal/locale"
)

// planLabels are what the fields of the form of a conference are called.
func planLabels(r locale.Reader) map[string]string {
	labels := map[string]string{
		"title": r.T("conferences.field.title"), "purpose": r.T("conferences.field.purpose"), "minutes": r.T("conferences.field.minutes"),
		"zone": r.T("conferences.field.zone"), "deadline": r.T("conferences.field.deadline"), "hosts": r.T("conferences.hosts"),
		"participants": r.T("conferences.participants"), "moderator": r.T("conferences.moderator"), "room": r.T("conferences.field.room"),
		"minute-taker": r.T("conferences.minute-taker"), "room-url": r.T("conferences.field.room-url"),
		"dial-number": r.T("conferences.field.dial-number"), "dial-pin": r.T("conferences.field.dial-pin"),
		"languages": r.T("conferences.field.languages"), "interpretation": r.T("conferences.field.interpretation"),
	}
	for n := 1; n <= conference.MaxSlots; n++ {
		labels["slot-"+strconv.Itoa(n)] = r.T("conferences.field.slot", locale.V{"N": n})
	}
	return labels
}

// agendaLabels are what the fields of an item of the agenda are called.
func agendaLabels(r locale.Reader) map[string]string {
	return map[string]string{"topic": r.T("conferences.agenda.topic"), "minutes": r.T("conferences.agenda.minutes"),
		"kind": r.T("conferences.agenda.kind"), "presenter": r.T("conferences.agenda.presenter")}
}

// actionLabels are what the fields of an action item are called.
func actionLabels(r locale.Reader) map[string]string {
	return map[string]string{"title": r.T("notes.action.title"), "due": r.T("actions.due"), "priority": r.T("actions.priority")}
}

// minutesLabels are what the fields of an agreement are called.
func minutesLabels(r locale.Reader) map[string]string {
	return map[string]string{"languages": r.T("minutes.agree.languages"), "reservation": r.T("minutes.reservation"),
		"reservation-language": r.T("minutes.agree.language")}
}
