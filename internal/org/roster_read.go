package org

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"example.org/tandem/internal/problem"
)

// readRoster takes a table apart (RFC 4180; also with semicolons, as spreadsheets write it where a comma stands in numbers, and
// with tabs, as they are copied). What is wrong with the table as a whole is refused, in the field "list".
func readRoster(d RosterDraft) (r Roster, err error) {
	table := strings.TrimPrefix(d.Table, "\ufeff")
	switch {
	case len(table) > RosterSize:
		return r, badList("people.import.problem.large", problem.Values{"Limit": RosterSize >> 10})
	case !utf8.ValidString(table) || strings.ContainsRune(table, 0):
		return r, badList("people.import.problem.encoding", nil)
	case strings.TrimSpace(table) == "":
		return r, badList("people.import.problem.empty", nil)
	}
	rows := csv.NewReader(strings.NewReader(table))
	rows.FieldsPerRecord, rows.Comma = -1, separator(table)
	var columns []string
	for {
		fields, err := rows.Read()
		if err == io.EOF {
			break
		}
		var broken *csv.ParseError
		if errors.As(err, &broken) {
			return r, badList("people.import.problem.quotes", problem.Values{"Line": broken.StartLine})
		}
		if err != nil {
			return r, err
		}
		for i := range fields {
			fields[i] = strings.Join(strings.Fields(fields[i]), " ")
		}
		line, _ := rows.FieldPos(0)
		switch {
		case strings.Join(fields, "") == "" || columns == nil && strings.HasPrefix(fields[0], "sep="):
		case columns == nil:
			if columns, err = r.headings(fields, d.Words); err != nil {
				return r, err
			}
		case len(r.Lines) == RosterLines:
			return Roster{}, badList("people.import.problem.many", problem.Values{"Limit": RosterLines})
		default:
			r.Lines = append(r.Lines, RosterLine{Number: line, Typed: typed(columns, fields)})
		}
	}
	if len(r.Lines) == 0 {
		return r, badList("people.import.problem.empty", nil)
	}
	return r, nil
}

func badList(key string, values problem.Values) error {
	return &problem.Problem{Kind: problem.Invalid, Key: "error.form", Fields: []problem.Field{{Name: "list", Key: key, Values: values}}}
}

// separator is what stands most often in the first line.
func separator(table string) rune {
	first, _, _ := strings.Cut(strings.TrimSpace(table), "\n")
	best := ','
	for _, r := range ";\t" {
		if strings.Count(first, string(r)) > strings.Count(first, string(best)) {
			best = r
		}
	}
	return best
}

// headings tells which column is which; one that has no meaning here is noted.
func (r *Roster) headings(fields []string, words RosterWords) ([]string, error) {
	columns := make([]string, len(fields))
	for i, heading := range fields {
		column := meaning(words.Columns, heading)
		if column == "" || slices.Contains(columns[:i], column) {
			if heading != "" {
				r.Ignored = append(r.Ignored, heading)
			}
			continue
		}
		columns[i] = column
	}
	if !slices.Contains(columns, "name") {
		return nil, badList("people.import.problem.headings", nil)
	}
	return columns, nil
}

func typed(columns, fields []string) map[string]string {
	line := map[string]string{}
	for i, column := range columns {
		if column != "" && i < len(fields) {
			line[column] = fields[i]
		}
	}
	return line
}

// meaning is what a word stands for, or "".
func meaning(words map[string][]string, typed string) string {
	for key, list := range words {
		if key == foldWord(typed) || slices.ContainsFunc(list, func(w string) bool { return foldWord(w) == foldWord(typed) }) {
			return key
		}
	}
	return ""
}

// foldWord makes one of what people see as one word.
func foldWord(w string) string {
	return strings.ReplaceAll(strings.ToLower(norm.NFC.String(strings.Join(strings.Fields(w), " "))), "ё", "е")
}
