package room

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// BigBlueButton makes meetings on a BigBlueButton server (its "API Reference", docs.bigbluebutton.org).
type BigBlueButton struct {
	api    string // "https://bbb.example/bigbluebutton/api"
	secret string
	ask    asker
	pulse  pulse
}

// NewBigBlueButton takes address and secret as `bbb-conf --secret` prints them on the server.
func NewBigBlueButton(address, secret string) *BigBlueButton {
	address = strings.TrimSuffix(strings.TrimRight(address, "/"), "/api")
	return &BigBlueButton{api: address + "/api", secret: secret, ask: newAsker()}
}

// Recording is one that somebody made of a meeting.
type Recording struct {
	URL     string
	Started time.Time
	Length  time.Duration
}

// answered is all that we read of what the server says.
type answered struct {
	Code       string `xml:"returncode"`
	Key        string `xml:"messageKey"`
	Running    bool   `xml:"running"`
	Recordings []struct {
		Started int64 `xml:"startTime"` // Unix, milliseconds
		Ended   int64 `xml:"endTime"`
		Formats []struct {
			Type string `xml:"type"`
			URL  string `xml:"url"`
		} `xml:"playback>format"`
	} `xml:"recordings>recording"`
}

// refusal is an answer that is no.
type refusal struct{ call, key string }

func (r refusal) Error() string { return fmt.Sprintf("BigBlueButton refuses %s: %s", r.call, r.key) }

func refusedAs(err error, key string) bool {
	var r refusal
	return errors.As(err, &r) && r.key == key
}

// call asks the server to do something.
func (b *BigBlueButton) call(ctx context.Context, call string, values url.Values) (answered, error) {
	body, err := b.ask.get(ctx, b.signed(call, values))
	if err != nil {
		return answered{}, down(fmt.Errorf("BigBlueButton, %s: %w", call, err))
	}
	var a answered
	if err := xml.Unmarshal(body, &a); err != nil {
		return answered{}, down(fmt.Errorf("BigBlueButton, %s: no answer of its own", call))
	}
	if a.Code != "SUCCESS" {
		return a, down(refusal{call, a.Key})
	}
	return a, nil
}

// signed is the address of a call: whoever holds the secret made exactly this one.
func (b *BigBlueButton) signed(call string, values url.Values) string {
	query := values.Encode()
	sum := sha256.Sum256([]byte(call + query + b.secret))
	values = url.Values{"checksum": {hex.EncodeToString(sum[:])}}
	return b.api + "/" + call + "?" + strings.TrimPrefix(query+"&"+values.Encode(), "&")
}

// meeting is the room of one conference there.
type meeting struct {
	server *BigBlueButton
	place  Place
}

func (m meeting) id() string { return "tandem-" + m.place.ConferenceID }

// longestTitle is how much of a conference's title the server gets, in bytes: it cuts off nothing by itself and counts bytes.
const longestTitle = 200

// Enter begins the meeting unless it is on, and gives the address that lets a visitor in.
func (m meeting) Enter(ctx context.Context, v Visitor) (string, error) {
	_, err := m.server.call(ctx, "create", url.Values{"meetingID": {m.id()}, "name": {short(m.place.Title)},
		"record": {"true"}, "autoStartRecording": {"false"}, "allowStartStopRecording": {"true"}})
	if err != nil && !refusedAs(err, "idNotUnique") { // it is on already
		return "", err
	}
	values := url.Values{"meetingID": {m.id()}, "fullName": {v.Name}, "role": {"VIEWER"}}
	if v.Host {
		values.Set("role", "MODERATOR")
	}
	if v.Quiet {
		values.Set("userdata-bbb_auto_join_audio", "true")
		values.Set("userdata-bbb_enable_video", "false")
		values.Set("userdata-bbb_hide_presentation_on_join", "true")
	}
	return m.server.signed("join", values), nil
}

// short keeps whole characters.
func short(title string) string {
	for len(title) > longestTitle {
		_, n := utf8.DecodeLastRuneInString(title)
		title = title[:len(title)-n]
	}
	return title
}

func (m meeting) Answers(ctx context.Context) error {
	return m.server.pulse.feel(ctx, func(ctx context.Context) error {
		body, err := m.server.ask.get(ctx, m.server.api)
		var a answered
		if err == nil && (xml.Unmarshal(body, &a) != nil || a.Code != "SUCCESS") {
			err = errors.New("no answer of its own")
		}
		if err != nil {
			return down(fmt.Errorf("BigBlueButton: %w", err))
		}
		return nil
	})
}

func (m meeting) Running(ctx context.Context) (bool, error) {
	a, err := m.server.call(ctx, "isMeetingRunning", url.Values{"meetingID": {m.id()}})
	return a.Running, err
}

func (m meeting) End(ctx context.Context) error {
	_, err := m.server.call(ctx, "end", url.Values{"meetingID": {m.id()}})
	if refusedAs(err, "notFound") { // nobody is there any more
		return nil
	}
	return err
}

func (m meeting) Recordings(ctx context.Context) ([]Recording, error) {
	a, err := m.server.call(ctx, "getRecordings", url.Values{"meetingID": {m.id()}, "state": {"published"}})
	if err != nil {
		return nil, err
	}
	var list []Recording
	for _, r := range a.Recordings {
		for _, f := range r.Formats {
			address := strings.TrimSpace(f.URL)
			if Check(address) == nil && len(list) < mostRecordings {
				start, end := time.UnixMilli(r.Started), time.UnixMilli(r.Ended)
				list = append(list, Recording{URL: address, Started: start, Length: max(end.Sub(start), 0)})
				break // the first format is the one to watch; the others are for other programmes
			}
		}
	}
	slices.SortFunc(list, func(x, y Recording) int {
		return cmp.Or(x.Started.Compare(y.Started), cmp.Compare(x.URL, y.URL))
	})
	return list, nil
}

// mostRecordings of one conference are shown.
const mostRecordings = 20
