package web

import (
	"slices"
	"strconv"
	"strings"

	"example.org/tandem/internal/action"
	"example.org/tandem/internal/work"
)

// notes are all notes in the form: fields of text areas, and choices that end a clash.
func (s *sheet) notes() (list []work.Note) {
	for name := range s.Values {
		item, is := strings.CutPrefix(name, "version-")
		if !is {
			continue
		}
		n := work.Note{ItemID: item, Body: bounded(s.Get("body-" + item)), Base: s.number(name)}
		if s.Has("chunks-" + item) {
			n.Body = bounded(s.chosen(item))
		}
		list = append(list, n)
	}
	slices.SortFunc(list, func(a, b work.Note) int { return strings.Compare(a.ItemID, b.ItemID) })
	return list
}

// mostChunks bounds what a form can make the program put together.
const mostChunks = 2000

// chosen is a text put together from the choices between two. Where nothing was chosen both stay: nothing is lost.
func (s *sheet) chosen(item string) string {
	var all []string
	for i := range min(s.number("chunks-"+item), mostChunks) {
		at := "-" + item + "-" + strconv.Itoa(i)
		mine, theirs := s.Get("mine"+at), s.Get("theirs"+at)
		switch {
		case !s.Has("theirs" + at), s.Get("choice"+at) == "mine":
			all = append(all, mine)
		case s.Get("choice"+at) == "theirs":
			all = append(all, theirs)
		default:
			all = append(all, theirs, mine)
		}
	}
	return strings.Join(all, "\n\n")
}

// parts of an action item: each unit has a field that says who is responsible there, "unit" for nobody yet, or nothing.
func (f *form) parts() (list []action.PartDraft) {
	for _, unit := range f.Values["units"] {
		switch who := f.Get("person-" + unit); who {
		case "":
		case "unit":
			list = append(list, action.PartDraft{UnitID: unit})
		default:
			list = append(list, action.PartDraft{UnitID: unit, PersonID: who})
		}
	}
	return list
}
