package org_test

import (
	"slices"
	"testing"

	"example.org/tandem/internal/access"
	"example.org/tandem/internal/org"
)

func TestCounterparts(t *testing.T) {
	member := func(id, society string, level org.Level, role access.Role) org.Member {
		return org.Member{PersonID: id, SocietyID: society, Level: level, Role: role}
	}
	members := []org.Member{
		member("secretariat", "by", org.Secretariat, access.Administrator),
		member("region", "by", org.Regional, access.Coordinator),
		member("town", "by", org.City, access.Coordinator),
		member("town's volunteer", "by", org.City, access.Staff),
		member("headquarters", "dk", org.Headquarters, access.Administrator),
		member("country", "dk", org.National, access.Administrator),
		member("branch", "dk", org.Branch, access.Coordinator),
		member("caller", "dk", org.Branch, access.Staff),
		member("visitor", "dk", org.Branch, access.Staff),
	}
	for who, want := range map[string][]string{
		"secretariat":      {"headquarters", "country"}, // whatever each society calls its head office
		"town":             {"branch"},
		"town's volunteer": {"caller", "visitor"},
		"region":           {"branch"}, // there are no regions on the other side: the same role, one level off
		"branch":           {"town"},
		"caller":           {"town's volunteer"},
		"somebody else":    nil,
	} {
		var got []string
		for _, m := range org.Counterparts(who, members) {
			got = append(got, m.PersonID)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", who, got, want)
		}
	}
	if alone := org.Counterparts("secretariat", members[:4]); alone != nil {
		t.Errorf("without another side: %v", alone)
	}
}
