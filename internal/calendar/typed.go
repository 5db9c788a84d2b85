package calendar

import (
	"fmt"
	"time"

	"example.org/tandem/internal/problem"
)

// ReadWhen understands a day and an hour as people in Belarus and Denmark type them, in any of the four languages:
// "2 июля 14:00", "torsdag d. 2. juli kl. 13.30", "uge 27 torsdag kl. 13", "3 ліпеня а 10-й", "tomorrow 2pm". A day without its
// year is the next one ahead of now by the clocks of the zone. The answer is a wall time (WallLayout) that those clocks do
// show; whatever could be read in two ways is refused rather than guessed.
func ReadWhen(typed, zone string, now time.Time) (string, error) {
	place, err := findZone(zone)
	if err != nil {
		return "", err
	}
	r, ok := read(typed)
	if !ok || !r.settle() {
		return "", problem.Refuse("calendar.problem.unread")
	}
	if !r.timed {
		return "", problem.Refuse("calendar.problem.hour")
	}
	wall, err := r.next(Wall(now, place), now.In(place))
	if err != nil {
		return "", err
	}
	if _, err := Instant(wall, zone); err != nil {
		return "", err
	}
	return wall, nil
}

// ReadDay understands a day alone and gives it as YYYY-MM-DD. Without its year it is today or the next such day ahead.
func ReadDay(typed, zone string, now time.Time) (string, error) {
	place, err := findZone(zone)
	if err != nil {
		return "", err
	}
	r, ok := read(typed)
	if !ok || !r.settle() || r.timed {
		return "", problem.Refuse("calendar.problem.day")
	}
	wall, err := r.next(now.In(place).Format(time.DateOnly)+"T00:00", now.In(place))
	if err != nil {
		return "", err
	}
	return wall[:len(time.DateOnly)], nil
}

// ReadClock understands an hour alone and gives it as HH:MM: "14", "kl. 14.30", "2pm", "9 утра".
func ReadClock(typed string) (string, error) {
	r, ok := read("kl " + typed)
	if !ok || !r.timed || !r.halve() || r.dated() || len(r.pairs) > 0 || len(r.numbers) > 0 {
		return "", problem.Refuse("calendar.problem.hour")
	}
	return fmt.Sprintf("%02d:%02d", r.hour, r.minute), nil
}

// reading is what has been understood so far. Zero is unknown; of weekday, in, hour and minute the flags tell.
type reading struct {
	day, month, year, week int
	weekday, in            int // in so many days from today
	hour, minute           int
	named, relative, timed bool // a weekday, a day counted from today, an hour was read
	half                   int  // 1: before noon, 2: after noon, as the words say

	pairs   [][2]token // 2.7 or 14.00: a day or an hour, as the rest tells
	numbers []token    // 14
}

func (r *reading) dated() bool { return r.month > 0 || r.named || r.relative || r.week > 0 }

// settle finds out what the numbers mean that can be a day or an hour, and tells whether nothing is left over or missing.
func (r *reading) settle() bool {
	if !r.dated() && len(r.pairs) > 0 {
		r.day, r.month = r.pairs[0][0].number, r.pairs[0][1].number
		r.pairs = r.pairs[1:]
	}
	if !r.timed && len(r.pairs) > 0 && !r.clock(r.pairs[0][0], &r.pairs[0][1]) {
		return false
	} else if len(r.pairs) > 0 && r.timed {
		r.pairs = r.pairs[1:]
	}
	if !r.timed && len(r.numbers) == 1 && r.clock(r.numbers[0], nil) {
		r.numbers = nil
	}
	if !r.halve() {
		return false
	}
	whole := r.month > 0 || r.relative || r.named
	return whole && len(r.pairs) == 0 && len(r.numbers) == 0 && !(r.relative && (r.month > 0 || r.week > 0)) && !(r.week > 0 && r.month > 0)
}

// clock takes an hour and perhaps its minutes, once.
func (r *reading) clock(hour token, minute *token) bool {
	if r.timed || hour.number > 23 || len(hour.text) > 2 {
		return false
	}
	r.hour, r.minute, r.timed = hour.number, 0, true
	if minute != nil {
		r.minute = minute.number
		if len(minute.text) != 2 || r.minute > 59 {
			return false
		}
	}
	return true
}

// halve moves an hour to its half of the day: 2pm, 9 утра.
func (r *reading) halve() bool {
	switch {
	case r.half == 0 || !r.timed:
		return r.half == 0
	case r.hour > 12:
		return r.half == 2
	case r.hour == 12:
		r.hour = 12 * (r.half - 1)
	case r.half == 2:
		r.hour += 12
	}
	return true
}

// next is the first wall time of what was typed that is not before from: 2 July without its year is this year's or the next.
// Where the year was typed, or the day counted from today, it may be past.
func (r *reading) next(from string, now time.Time) (string, error) {
	unread := problem.Refuse("calendar.problem.unread")
	if r.year > 0 && r.year < 100 {
		if r.year += now.Year() / 100 * 100; r.year < now.Year()-2 || r.year > now.Year()+6 {
			return "", unread // 2.7.14 may be an hour
		}
	}
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
	for _, day := range r.candidates(today) {
		wall := day.Add(time.Duration(r.hour)*time.Hour + time.Duration(r.minute)*time.Minute).Format(WallLayout)
		if r.year == 0 && !r.relative && wall < from {
			continue
		}
		if r.named && int(day.Weekday()) != r.weekday {
			return "", problem.Refuse("calendar.problem.weekday")
		}
		return wall, nil
	}
	return "", unread
}

// candidates are the days that may be meant, in order.
func (r *reading) candidates(today time.Time) (days []time.Time) {
	years := []int{r.year}
	if r.year == 0 {
		years = nil
		for n := range 9 { // 29 February may be eight years away
			years = append(years, today.Year()+n)
		}
	}
	switch {
	case r.relative:
		return []time.Time{today.AddDate(0, 0, r.in)}
	case r.month > 0:
		for _, year := range years {
			if day := time.Date(year, time.Month(r.month), r.day, 0, 0, 0, 0, time.UTC); day.Day() == r.day && int(day.Month()) == r.month {
				days = append(days, day)
			}
		}
	case r.week > 0 && r.named:
		for _, year := range years {
			monday := time.Date(year, 1, 4, 0, 0, 0, 0, time.UTC) // always in week 1 (ISO 8601)
			monday = monday.AddDate(0, 0, (r.week-1)*7-(int(monday.Weekday())+6)%7)
			if in, week := monday.ISOWeek(); in == year && week == r.week {
				days = append(days, monday.AddDate(0, 0, (r.weekday+6)%7))
			}
		}
	case r.named && r.year == 0:
		first := today.AddDate(0, 0, (r.weekday-int(today.Weekday())+7)%7)
		return []time.Time{first, first.AddDate(0, 0, 7)}
	}
	return days
}
