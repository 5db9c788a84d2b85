package demo

import (
	"example.org/tandem/internal/lesson"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/text"
)

// translateWhere puts whatever is not there yet into the languages whose status in the content file is wanted.
func (d document) translateWhere(wanted func(status string) bool) error {
	s := d.story
	now, err := d.store.FindIn(d.ctx, d.tx, d.author, ID(s.ID))
	if err != nil {
		return err
	}
	said := map[string][]words{}
	for _, section := range lesson.Sections {
		said[now.Texts[section].ID] = s.paragraphs(section)
	}
	for i, f := range now.Figures {
		said[f.Said.ID], said[f.Source.ID] = []words{s.Evidence[i].Text}, []words{s.Evidence[i].Source}
	}
	for _, t := range now.All() {
		for _, to := range locale.All {
			if to == s.OriginalLanguage || !wanted(s.TranslationStatus[to]) {
				continue
			}
			if err := d.translateMissing(t, said[t.ID], to); err != nil {
				return err
			}
		}
	}
	return nil
}

func (d document) translateMissing(t text.Text, said []words, to locale.Language) error {
	s := d.story
	how, by := hows[s.TranslationStatus[to]], ID(translators[to])
	if how == text.ByMachine {
		by = ""
	}
	for i, p := range t.Paragraphs {
		if p.State(to) != text.Missing {
			continue
		}
		err := text.Translate(d.ctx, d.tx, text.Translation{TextID: t.ID, Paragraph: p.ID, Language: to, Body: said[i][to],
			FromLanguage: s.OriginalLanguage, FromRevision: p.Versions[s.OriginalLanguage].Number, By: how, PersonID: by})
		if err != nil {
			return err
		}
	}
	return nil
}
