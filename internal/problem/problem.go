// Package problem holds the failures that Tandem expects: things a person can read about and do something about.
// A problem carries a message key and values and is put into words at the very end, in the reader's language.
// Everything that is not a problem is a fault: it is logged whole, and the person is told only that something went wrong.
package problem

import (
	"errors"
	"fmt"
)

// Kind says what sort of answer a problem gets.
type Kind int

const (
	Invalid     Kind = iota + 1 // what was typed cannot be accepted; the form comes back (422)
	NotFound                    // it does not exist, or this person may not see it: the two look alike (404)
	Forbidden                   // this person may see it, but not do that (403)
	Conflict                    // another person saved first, or the thing has moved on (409)
	TooMany                     // too often in too short a time (429)
	TooLarge                    // more than we take (413)
	Unavailable                 // an outside part does not answer (503)
)

// Values fill the placeholders of a message.
type Values = map[string]any

// Problem is one expected failure.
type Problem struct {
	Kind   Kind
	Key    string  // message key
	Values Values  // for the message
	Fields []Field // which inputs are wrong, in the order of the form; only with Invalid
	Cause  error   // for the operator, never shown
}

// Field is one wrong input of a form: its name in the form, and the message beside it.
type Field struct {
	Name   string
	Key    string
	Values Values
}

func (p *Problem) Error() string {
	text := p.Key
	for _, f := range p.Fields {
		text += fmt.Sprintf(" [%s: %s]", f.Name, f.Key)
	}
	if p.Cause != nil {
		text += ": " + p.Cause.Error()
	}
	return text
}

func (p *Problem) Unwrap() error { return p.Cause }

// As finds the problem in an error, if there is one.
func As(err error) (*Problem, bool) {
	var p *Problem
	ok := errors.As(err, &p)
	return p, ok
}

// Is tells whether an error is a problem of that kind.
func Is(err error, kind Kind) bool {
	p, ok := As(err)
	return ok && p.Kind == kind
}

// Missing answers for all that is not there or may not be seen.
func Missing() error { return &Problem{Kind: NotFound, Key: "error.notFound"} }

// Forbid tells somebody who may see a thing that they may not do this to it.
func Forbid() error { return &Problem{Kind: Forbidden, Key: "error.forbidden"} }

// Refuse is a rule of the house saying no to a whole deed rather than to one field.
func Refuse(key string, values ...Values) error {
	return &Problem{Kind: Invalid, Key: key, Values: first(values)}
}

// Moved says that another person saved first. Whoever catches it shows both texts.
func Moved() error { return &Problem{Kind: Conflict, Key: MovedKey} }

// MovedKey is what Moved says.
const MovedKey = "error.conflict"

// Check gathers what is wrong with a form, field by field.
type Check struct{ fields []Field }

// Add notes a wrong field.
func (c *Check) Add(name, key string, values ...Values) {
	c.fields = append(c.fields, Field{Name: name, Key: key, Values: first(values)})
}

// That notes a wrong field unless the condition holds, and gives the condition back.
func (c *Check) That(ok bool, name, key string, values ...Values) bool {
	if !ok {
		c.Add(name, key, values...)
	}
	return ok
}

// Err is nil where nothing was wrong.
func (c *Check) Err() error {
	if len(c.fields) == 0 {
		return nil
	}
	return &Problem{Kind: Invalid, Key: "error.form", Fields: c.fields}
}

func first(values []Values) Values {
	if len(values) == 0 {
		return nil
	}
	return values[0]
}
