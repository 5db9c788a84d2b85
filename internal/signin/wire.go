package signin

import (
	"io"
	"net/http"
)

// mostAnswer is how much of one answer of a provider is read, in bytes; metadata and keys take some thousands.
const mostAnswer = 1 << 20

// wary reads no endless answers: what a provider sends is read whole before anything of it is checked.
type wary struct{ http.RoundTripper }

func (w wary) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := w.RoundTripper.RoundTrip(r)
	if err == nil {
		response.Body = short{io.LimitReader(response.Body, mostAnswer), response.Body}
	}
	return response, err
}

type short struct {
	io.Reader
	io.Closer
}
