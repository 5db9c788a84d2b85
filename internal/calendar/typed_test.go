package calendar

import (
	"strings"
	"testing"
	"time"

	"example.org/tandem/internal/problem"
)

// A Wednesday: in Minsk it is ten, in Copenhagen nine.
var whenTyped = time.Date(2020, 7, 1, 7, 0, 0, 0, time.UTC)

func TestDaysAndHoursAsPeopleTypeThem(t *testing.T) {
	for _, c := range []struct{ typed, want string }{
		// Russian
		{"2 июля 14:00", "2020-07-02T14:00"},
		{"2 июля в 14.00", "2020-07-02T14:00"},
		{"02.07.2020 14.00", "2020-07-02T14:00"},
		{"02.07.2020 г. в 14:00", "2020-07-02T14:00"},
		{"2 июля 2020 г., 14:00", "2020-07-02T14:00"},
		{"2 июля 2020 года в 14 часов", "2020-07-02T14:00"},
		{"2 июл. 14:30", "2020-07-02T14:30"},
		{"2-го июля в 9 утра", "2020-07-02T09:00"},
		{"пятница 15:00", "2020-07-03T15:00"},
		{"в пятницу в 15", "2020-07-03T15:00"},
		{"в пятницу, 3 июля, в 15", "2020-07-03T15:00"},
		{"пт 15:00", "2020-07-03T15:00"},
		{"среда 11:00", "2020-07-01T11:00"},
		{"среда 9:00", "2020-07-08T09:00"},
		{"завтра в 10", "2020-07-02T10:00"},
		{"завтра, 10:00", "2020-07-02T10:00"},
		{"Завтра в 3 часа дня", "2020-07-02T15:00"},
		{"послезавтра 9:30", "2020-07-03T09:30"},
		{"сегодня в 16 часов 30 минут", "2020-07-01T16:30"},
		{"15 мая 10:00", "2021-05-15T10:00"},
		{"1 сент. 10:00", "2020-09-01T10:00"},
		{"24 ноября 2020, 8:05", "2020-11-24T08:05"},
		{"чт, 2 июля, 14:00", "2020-07-02T14:00"},
		{"27-я неделя, четверг, 13:00", "2020-07-02T13:00"},
		{"14:00 2 июля", "2020-07-02T14:00"},
		// Belarusian
		{"3 ліпеня а 10-й", "2020-07-03T10:00"},
		{"3 ліпеня а 10-й гадзіне", "2020-07-03T10:00"},
		{"3 ліпеня ў 10:30", "2020-07-03T10:30"},
		{"3 ліп. 10:30", "2020-07-03T10:30"},
		{"у пятніцу а 15-й", "2020-07-03T15:00"},
		{"нядзеля 12:00", "2020-07-05T12:00"},
		{"заўтра а 10", "2020-07-02T10:00"},
		{"паслязаўтра 9.15", "2020-07-03T09:15"},
		{"сёння 18:00", "2020-07-01T18:00"},
		{"1 жніўня 2020 г. 11:00", "2020-08-01T11:00"},
		{"5 студзеня 9:00", "2021-01-05T09:00"},
		{"тыдзень 28, чацвер, 9:00", "2020-07-09T09:00"},
		{"аўторак 14:00", "2020-07-07T14:00"},
		// Danish
		{"2.7. kl. 14", "2020-07-02T14:00"},
		{"2.7. kl. 14.30", "2020-07-02T14:30"},
		{"2.7 14.30", "2020-07-02T14:30"},
		{"torsdag d. 2. juli kl. 13.30", "2020-07-02T13:30"},
		{"torsdag den 2. juli 2020 kl. 13.30", "2020-07-02T13:30"},
		{"tors. 2. jul. kl. 13", "2020-07-02T13:00"},
		{"i morgen kl 10", "2020-07-02T10:00"},
		{"I overmorgen kl. 9.15", "2020-07-03T09:15"},
		{"i dag kl. 16", "2020-07-01T16:00"},
		{"uge 27 torsdag kl 13", "2020-07-02T13:00"},
		{"torsdag i uge 28 kl. 1330", "2020-07-09T13:30"},
		{"uge 2 mandag kl. 9", "2021-01-11T09:00"},
		{"uge 53 2020 onsdag kl. 10", "2020-12-30T10:00"},
		{"2/7-2020 kl. 14", "2020-07-02T14:00"},
		{"2/7 kl. 14", "2020-07-02T14:00"},
		{"2/7-20 kl. 14", "2020-07-02T14:00"},
		{"på fredag kl. 8", "2020-07-03T08:00"},
		{"lørdag kl. 10", "2020-07-04T10:00"},
		{"fredag kl. 3 om eftermiddagen", "2020-07-03T15:00"},
		{"1. maj kl. 11.00", "2021-05-01T11:00"},
		{"30. juni klokken 9", "2021-06-30T09:00"},
		// English
		{"2 July 2pm", "2020-07-02T14:00"},
		{"2nd of July at 2 pm", "2020-07-02T14:00"},
		{"July 2, 2020, 14:00", "2020-07-02T14:00"},
		{"Thu 2 Jul 14:00", "2020-07-02T14:00"},
		{"tomorrow at 12am", "2020-07-02T00:00"},
		{"Friday 12 pm", "2020-07-03T12:00"},
		{"29 February 10:00", "2024-02-29T10:00"},
		{"week 28 Monday 09:00", "2020-07-06T09:00"},
		// as programmes write it
		{"2020-07-02T14:00", "2020-07-02T14:00"},
		{"2020-07-02 14:00:00", "2020-07-02T14:00"},
		{"02.07.20 14:00", "2020-07-02T14:00"},
		{"  2\u00a0июля   14:00 ", "2020-07-02T14:00"},
		{"2019-07-02 14:00", "2019-07-02T14:00"}, // a day that is past is what it is
	} {
		got, err := ReadWhen(c.typed, "Europe/Minsk", whenTyped)
		if err != nil || got != c.want {
			t.Errorf("%q: %s, %v; want %s", c.typed, got, err, c.want)
		}
	}
}

func TestDaysAndHoursThatAreRefusedRatherThanGuessed(t *testing.T) {
	for _, c := range []struct{ typed, key string }{
		{"", "calendar.problem.unread"},
		{"14:00", "calendar.problem.unread"},
		{"2 июля", "calendar.problem.hour"},
		{"i morgen", "calendar.problem.hour"},
		{"uge 27 kl. 10", "calendar.problem.unread"},
		{"uge 54 mandag kl. 10", "calendar.problem.unread"},
		{"пятница 2 июля 2020 14:00", "calendar.problem.weekday"},
		{"завтра, пятница, 10:00", "calendar.problem.weekday"},
		{"næste fredag kl. 10", "calendar.problem.unread"},
		{"next Friday 10:00", "calendar.problem.unread"},
		{"halv tre i morgen", "calendar.problem.unread"},
		{"31 июня 14:00", "calendar.problem.unread"},
		{"30. februar kl. 10", "calendar.problem.unread"},
		{"7/13/2020 14:00", "calendar.problem.unread"},
		{"2 июля 25:00", "calendar.problem.unread"},
		{"2 июля 14:60", "calendar.problem.unread"},
		{"2 июля 14:00 15:00", "calendar.problem.unread"},
		{"2 июля 3 июля 14:00", "calendar.problem.unread"},
		{"2 июля 10-11", "calendar.problem.unread"},
		{"2 июля 15 утра", "calendar.problem.unread"},
		{"2.7.14 10:00", "calendar.problem.unread"},
		{"02.07.1920 14:00", "calendar.problem.unread"},
		{"when we can", "calendar.problem.unread"},
		{"2 жнивня 14:00", "calendar.problem.unread"},
		{strings.Repeat("2 июля 14:00 ", 20), "calendar.problem.unread"},
	} {
		got, err := ReadWhen(c.typed, "Europe/Minsk", whenTyped)
		if p, ok := problem.As(err); !ok || p.Key != c.key || got != "" {
			t.Errorf("%q: %q, %v; want %s", c.typed, got, err, c.key)
		}
	}
	if _, err := ReadWhen("28 марта 2021 2:30", "Europe/Copenhagen", whenTyped); !isKey(err, "calendar.problem.gap") {
		t.Errorf("an hour that the clocks leap over: %v", err)
	}
	if _, err := ReadWhen("2 July 14:00", "Europe/Koege", whenTyped); !isKey(err, "calendar.problem.zone") {
		t.Errorf("a zone nobody knows: %v", err)
	}
}

func isKey(err error, key string) bool {
	p, ok := problem.As(err)
	return ok && p.Key == key
}

// At nine in the evening of UTC it is the next day in Minsk, but not in Copenhagen in winter.
func TestTodayIsTheDayOfTheZone(t *testing.T) {
	now := time.Date(2020, 12, 1, 22, 30, 0, 0, time.UTC)
	for zone, want := range map[string]string{"Europe/Minsk": "2020-12-03T10:00", "Europe/Copenhagen": "2020-12-02T10:00"} {
		if got, err := ReadWhen("завтра 10:00", zone, now); err != nil || got != want {
			t.Errorf("%s: %s, %v", zone, got, err)
		}
	}
}

func TestADayAloneAndAnHourAlone(t *testing.T) {
	for typed, want := range map[string]string{
		"2 июля": "2020-07-02", "1 июля": "2020-07-01", "30.6.": "2021-06-30", "30.06.2020": "2020-06-30", "i morgen": "2020-07-02",
		"uge 28 tirsdag": "2020-07-07", "нядзеля": "2020-07-05", "2020-07-02": "2020-07-02", "torsdag d. 2. juli": "2020-07-02", "2/7": "2020-07-02",
		"27 08 2020": "", "2 июля 14:00": "", "14": "", "": "", "soon": "",
	} {
		if got, err := ReadDay(typed, "Europe/Minsk", whenTyped); got != want || (err == nil) != (want != "") {
			t.Errorf("day %q: %q, %v; want %q", typed, got, err, want)
		}
	}
	for typed, want := range map[string]string{
		"14": "14:00", "14:00": "14:00", "9.30": "09:30", "kl. 13.30": "13:30", "kl 1330": "13:30", "1330": "13:30", "2pm": "14:00", "2:30 pm": "14:30",
		"9 утра": "09:00", "а 10-й": "10:00", "14 ч": "14:00", "14 часов 15 минут": "14:15", "09:00:00": "09:00",
		"": "", "25": "", "12:5": "", "пятница 10:00": "", "2 июля": "", "10 11": "", "13 am": "", "half past two": "",
	} {
		if got, err := ReadClock(typed); got != want || (err == nil) != (want != "") {
			t.Errorf("hour %q: %q, %v; want %q", typed, got, err, want)
		}
	}
}

// No beginning of a word stands for two months, or for two days.
func TestShortWordsHaveOneMeaning(t *testing.T) {
	for word := range monthWords {
		if _, day := weekdayWords[word]; day {
			t.Errorf("%q is a month and a weekday", word)
		}
	}
	for word, month := range map[string]int{"янв": 1, "фев": 2, "мар": 3, "июн": 6, "июл": 7, "сту": 1, "лют": 2, "кас": 10, "ліс": 11, "maj": 5, "okt": 10, "oct": 10} {
		if monthWords[word] != month {
			t.Errorf("%q is %d", word, monthWords[word])
		}
	}
}

func FuzzReadWhen(f *testing.F) {
	for _, typed := range []string{"2 июля 14:00", "uge 27 torsdag kl 13", "3 ліпеня а 10-й", "2/7-2020 kl. 14", "2.7. kl. 14.30", "i morgen kl 10", "12 pm Friday", "July 2, 2020 9:00", "28.03.2021 2:30"} {
		f.Add(typed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		for _, zone := range []string{"Europe/Minsk", "Europe/Copenhagen"} {
			wall, err := ReadWhen(typed, zone, whenTyped)
			if err != nil {
				if _, expected := problem.As(err); !expected || wall != "" {
					t.Fatalf("%q: %q, %v", typed, wall, err)
				}
				continue
			}
			if _, err := Instant(wall, zone); err != nil {
				t.Fatalf("%q gave %q: %v", typed, wall, err)
			}
		}
		if day, err := ReadDay(typed, "Europe/Minsk", whenTyped); err == nil {
			if _, err := time.Parse(time.DateOnly, day); err != nil {
				t.Fatalf("%q gave the day %q", typed, day)
			}
		}
		if hour, err := ReadClock(typed); err == nil {
			if _, err := time.Parse("15:04", hour); err != nil {
				t.Fatalf("%q gave the hour %q", typed, hour)
			}
		}
	})
}
