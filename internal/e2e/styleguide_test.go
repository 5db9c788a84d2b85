package e2e

import (
	"testing"

	"example.org/tandem/internal/locale"
)

func TestTheStyleGuideHoldsInBothSchemes(t *testing.T) {
	t.Parallel()
	p := Open(t, Demo(t), View{Language: locale.English})
	p.SignIn("p-koge-vol-2")
	for _, scheme := range []string{"light", "dark"} {
		p.Visit("/styleguide?scheme=" + scheme)
		p.Axe()
		p.Sound()
	}
}
