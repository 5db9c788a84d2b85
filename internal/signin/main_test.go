package signin_test

import (
	"log/slog"
	"testing"
)

// TestMain: refusals are what most tests here are about; what the operator reads of them would bury the rest.
func TestMain(m *testing.M) {
	slog.SetDefault(slog.New(slog.DiscardHandler))
	m.Run()
}
