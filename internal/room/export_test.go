package room

import "time"

// Hurry is how long a server is waited for, in tests of one that hangs.
func (b *BigBlueButton) Hurry(patience time.Duration) { b.ask.client.Timeout = patience }

// API is where the server is asked.
func (b *BigBlueButton) API() string { return b.api }
