package provider

import (
	"context"

	"github.com/go-jose/go-jose/v4"
	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

// private and public are the two halves of the one key, as package op wants to see them.
type (
	private struct{ *memory }
	public  struct{ *memory }
)

const keyID = "demo"

func (private) ID() string                                  { return keyID }
func (private) SignatureAlgorithm() jose.SignatureAlgorithm { return jose.RS256 }
func (k private) Key() any                                  { return k.key }

func (public) ID() string                         { return keyID }
func (public) Algorithm() jose.SignatureAlgorithm { return jose.RS256 }
func (public) Use() string                        { return "sig" }
func (k public) Key() any                         { return &k.key.PublicKey }

func (m *memory) SigningKey(context.Context) (op.SigningKey, error) { return private{m}, nil }

func (m *memory) SignatureAlgorithms(context.Context) ([]jose.SignatureAlgorithm, error) {
	return []jose.SignatureAlgorithm{jose.RS256}, nil
}

func (m *memory) KeySet(context.Context) ([]op.Key, error) { return []op.Key{public{m}}, nil }

// RevokeToken ends an access token before its time (RFC 7009); one that is not there is no error.
func (m *memory) RevokeToken(_ context.Context, tokenID, subject, _ string) *oidc.Error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.tokens[tokenID].subject == subject {
		delete(m.tokens, tokenID)
	}
	return nil
}
