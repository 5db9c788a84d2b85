package mail

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	gomail "github.com/wneessen/go-mail"
)

// Refused is a mail server's no (RFC 5321 §4.2.1).
type Refused struct {
	Code    int
	Words   string // the server's own, for people to read
	Address bool   // it knows no such receiver, rather than disliking the message or us
	final   bool
}

func (r *Refused) Error() string { return "the mail server refused: " + r.Words }

// Permanent tells that sending it again is no use: the server said 5xx to the receiver or to the message. A 5xx to
// ourselves (who signs in, who sends) is a setting to be mended, and the mail waits for that.
func (r *Refused) Permanent() bool { return r.final }

// refusal finds the server's answer in an error. Where there is none, it was not reached or did not answer in time.
func refusal(err error) error {
	var failed *gomail.SendError
	if !errors.As(err, &failed) || failed.ErrorCode() == 0 {
		return fmt.Errorf("send mail: %w", err)
	}
	words, code := failed.Error(), strconv.Itoa(failed.ErrorCode())
	words = words[max(0, strings.Index(words, code)):]
	words, _, _ = strings.Cut(words, ", affected ")
	words = strings.ReplaceAll(words, `"`, "") // set around the text by the client
	address := failed.Reason == gomail.ErrSMTPRcptTo
	message := failed.Reason == gomail.ErrSMTPData || failed.Reason == gomail.ErrSMTPDataClose
	return &Refused{Code: failed.ErrorCode(), Words: words, Address: address, final: failed.ErrorCode() >= 500 && (address || message)}
}
