package config

import (
	"errors"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"example.org/tandem/internal/locale"
	"github.com/BurntSushi/toml"
)

// rawProvider is one [[providers]] table of the file.
type rawProvider struct {
	ID               string            `toml:"id"`
	Issuer           string            `toml:"issuer"`
	ClientID         string            `toml:"client_id"`
	ClientSecret     string            `toml:"client_secret"`
	ClientSecretFile string            `toml:"client_secret_file"`
	Society          string            `toml:"society"`
	Name             map[string]string `toml:"name"`
	Scopes           []string          `toml:"scopes"`
	Domains          []string          `toml:"domains"`
	Unit             string            `toml:"unit"`

	folder string // of the file; a relative client_secret_file starts there
}

// fromFile reads the TOML file: the same names as in the environment, and the sign-in providers.
func fromFile(path string, known []string, wrong *Complaints) (map[string]string, []rawProvider) {
	values := map[string]string{}
	var content map[string]toml.Primitive
	meta, err := toml.DecodeFile(path, &content)
	if err != nil {
		wrong.add(fileSetting, "%s: %s", path, oneLine(err))
		return values, nil
	}
	var providers []rawProvider
	for _, name := range slices.Sorted(maps.Keys(content)) {
		primitive := content[name]
		switch {
		case name == "providers":
			if err := meta.PrimitiveDecode(primitive, &providers); err != nil {
				wrong.add(name, "%s", oneLine(err))
			}
		case slices.Contains(known, name):
			if text := textOf(meta, name, primitive, wrong); text != "" {
				values[name] = text
			}
		default:
			wrong.add(name, "there is no such setting")
		}
	}
	for _, key := range meta.Undecoded() {
		if key[0] == "providers" { // all others were looked at above
			wrong.add(key.String(), "there is no such setting")
		}
	}
	for i := range providers {
		providers[i].folder = filepath.Dir(path)
	}
	return values, providers
}

// textOf takes a text, or a list of texts where the environment would have commas.
func textOf(meta toml.MetaData, name string, primitive toml.Primitive, wrong *Complaints) string {
	var text string
	if meta.PrimitiveDecode(primitive, &text) == nil {
		return text
	}
	var list []string
	if meta.PrimitiveDecode(primitive, &list) == nil {
		return strings.Join(list, ",")
	}
	wrong.add(name, "is neither a text in quotes nor a list of such")
	return ""
}

func oneLine(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}

func checkProviders(list []rawProvider, wrong *Complaints) []Provider {
	if len(list) == 0 {
		wrong.add("providers", "there is none; nobody could sign in. Write at least one [[providers]] into the file that %s names", fileSetting)
	}
	var providers []Provider
	seen := map[string]bool{}
	for _, r := range list {
		if seen[r.ID] {
			wrong.add("providers."+r.ID+".id", "is there twice")
		}
		seen[r.ID] = true
		providers = append(providers, r.check(wrong))
	}
	return providers
}

var providerID = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,39}$`)

func (r rawProvider) check(wrong *Complaints) Provider {
	at := "providers." + r.ID + "."
	if !providerID.MatchString(r.ID) {
		wrong.add("providers.id", "%q is no short name of small letters, digits and hyphens", r.ID)
	}
	if !goodIssuer(r.Issuer) {
		wrong.add(at+"issuer", "is no address such as https://login.example, exactly as the provider writes it")
	}
	if r.ClientID == "" {
		wrong.add(at+"client_id", "is missing; the provider gave it when Tandem was registered there")
	}
	if len(r.Scopes) == 0 {
		r.Scopes = []string{"openid", "profile", "email"} // people are known by their subject; name and address make a first entry possible
	} else if !slices.Contains(r.Scopes, "openid") {
		wrong.add(at+"scopes", "lacks openid, without which there is no sign-in")
	}
	return Provider{ID: r.ID, Issuer: r.Issuer, ClientID: r.ClientID, ClientSecret: r.secret(at, wrong),
		Society: r.Society, Name: r.names(at, wrong), Scopes: r.Scopes, Domains: r.domains(at, wrong), Unit: r.Unit}
}

var mailDomain = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$`)

// domains are whose people come in by themselves. Whoever may name an address there could come in: so each is written out.
func (r rawProvider) domains(at string, wrong *Complaints) []string {
	var list []string
	for _, d := range r.Domains {
		d = strings.ToLower(d)
		if !mailDomain.MatchString(d) {
			wrong.add(at+"domains", "%q is no mail domain such as tandem.example", d)
		}
		list = append(list, d)
	}
	switch {
	case len(list) > 0 && r.Unit == "":
		wrong.add(at+"unit", "is missing; the people of domains become staff of a unit, and its address in Tandem ends with its ID")
	case len(list) == 0 && r.Unit != "":
		wrong.add(at+"domains", "is missing; unit says where the people of certain mail domains belong")
	case len(list) > 0 && !slices.Contains(r.Scopes, "email"):
		wrong.add(at+"scopes", "lacks email, without which nobody is known to be of domains")
	}
	return list
}

func goodIssuer(text string) bool {
	u, err := url.Parse(text)
	return err == nil && u.Hostname() != "" && u.RawQuery == "" && u.Fragment == "" && u.User == nil &&
		(u.Scheme == "https" || u.Scheme == "http" && isLoopback(u.Hostname()))
}

func (r rawProvider) secret(at string, wrong *Complaints) Secret {
	switch {
	case r.ClientSecret != "" && r.ClientSecretFile != "":
		wrong.add(at+"client_secret", "is given twice: once here, once as client_secret_file")
	case r.ClientSecret != "":
		return Secret(r.ClientSecret)
	case r.ClientSecretFile != "":
		return r.secretFromFile(at, wrong)
	default:
		wrong.add(at+"client_secret", "is missing; give it, or client_secret_file")
	}
	return ""
}

func (r rawProvider) secretFromFile(at string, wrong *Complaints) Secret {
	path := r.ClientSecretFile
	if !filepath.IsAbs(path) {
		path = filepath.Join(r.folder, path)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		wrong.add(at+"client_secret_file", "%s: %s", path, oneLine(err))
		return ""
	}
	secret := strings.TrimSpace(string(content)) // editors end a file with a newline, which is no part of the secret
	if secret == "" {
		wrong.add(at+"client_secret_file", "%s: is empty", path)
	}
	return Secret(secret)
}

func (r rawProvider) names(at string, wrong *Complaints) map[locale.Language]string {
	names := map[locale.Language]string{}
	for code, name := range r.Name {
		if l, ok := locale.Parse(code); ok {
			names[l] = name
		} else {
			wrong.add(at+"name."+code, "is none of the languages be, ru, da, en")
		}
	}
	for _, l := range locale.All {
		if names[l] == "" {
			wrong.add(at+"name."+string(l), "is missing; the button to sign in is named in all four languages")
		}
	}
	return names
}
