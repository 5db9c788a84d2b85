// Package config reads Tandem's settings, from the environment and from one TOML file, and checks them all at once:
// whoever installs Tandem sees everything that is wrong in one list, one line each, and not one error per start.
package config

import (
	"fmt"
	"maps"
	"net/mail"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"example.org/tandem/internal/locale"
	"github.com/caarlos0/env/v11"
)

// Secret is a value that must not be seen: whatever prints or logs it gets dots.
type Secret string

func (Secret) String() string               { return "…" }
func (Secret) GoString() string             { return "…" }
func (Secret) MarshalText() ([]byte, error) { return []byte("…"), nil }

// Reveal gives the value itself.
func (s Secret) Reveal() string { return string(s) }

// Settings are what `tandem serve` runs with.
type Settings struct {
	URL            *url.URL       // where people reach Tandem, without a path; https, or http on this machine only
	Listen         string         // host:port of the web server
	Database       Secret         // sqlite:PATH or postgres://…; may hold a password
	Blobs          string         // folder of the files that people attach
	SMTP           Secret         // smtp://user:password@host:587 (STARTTLS) or smtps://…:465
	MailFrom       *mail.Address  // sender of every mail
	IMAP           Secret         // imaps://user:password@host/INBOX: the mailbox of that sender; empty: it is not read
	Secret         Secret         // at least 32 bytes; seals what the database keeps but must not give away
	TrustedProxies []netip.Prefix // whose X-Forwarded-For is believed; nobody's unless said
	MetricsListen  string         // host:port of /metrics; empty: not served
	RoomBase       *url.URL       // Jitsi server that rooms are made on; nil: none
	JitsiApp       string         // whose tokens that server takes; empty: it lets anybody in
	JitsiSecret    Secret         // that it shares with us
	BBB            *url.URL       // BigBlueButton server that meetings are made on; nil: none
	BBBSecret      Secret         // that it shares with us
	Controller     string         // who is responsible for people's data, as the privacy notice says it; lines; empty: nobody is named
	Providers      []Provider     // where people sign in, in the order of the buttons
}

// Provider is one place to sign in at (OpenID Connect).
type Provider struct {
	ID           string // in our addresses: /sign-in/{id}
	Issuer       string // exactly as in the provider's ID tokens
	ClientID     string
	ClientSecret Secret
	Society      string // ID of the society whose people sign in here; may be empty
	Name         map[locale.Language]string
	Scopes       []string
	Domains      []string // of mail addresses, in small letters: whoever the provider verifies one of comes in as staff of Unit
	Unit         string   // ID; empty where there are no domains
}

// raw are the settings as they are written, every one of them on this screen.
type raw struct {
	URL            string `env:"TANDEM_URL"`
	Listen         string `env:"TANDEM_LISTEN" envDefault:"127.0.0.1:8080"`
	Database       string `env:"TANDEM_DATABASE"`
	Blobs          string `env:"TANDEM_BLOBS"`
	SMTP           string `env:"TANDEM_SMTP"`
	MailFrom       string `env:"TANDEM_MAIL_FROM"`
	IMAP           string `env:"TANDEM_IMAP"`
	Secret         string `env:"TANDEM_SECRET"`
	TrustedProxies string `env:"TANDEM_TRUSTED_PROXIES"`
	MetricsListen  string `env:"TANDEM_METRICS_LISTEN"`
	RoomBase       string `env:"TANDEM_ROOM_BASE"`
	JitsiApp       string `env:"TANDEM_JITSI_APP"`
	JitsiSecret    string `env:"TANDEM_JITSI_SECRET"`
	BBB            string `env:"TANDEM_BBB_URL"`
	BBBSecret      string `env:"TANDEM_BBB_SECRET"`
	Controller     string `env:"TANDEM_CONTROLLER"`
}

// fileSetting names the TOML file. It is the one setting that the file itself cannot hold.
const fileSetting = "TANDEM_CONFIG"

// Complaints are everything that is wrong, a line for each setting.
type Complaints []string

func (c Complaints) Error() string { return strings.Join(c, "\n") }

func (c *Complaints) add(setting, format string, args ...any) {
	*c = append(*c, setting+": "+fmt.Sprintf(format, args...))
}

// Load reads the settings from "NAME=value" pairs, as os.Environ gives them, and from the file that TANDEM_CONFIG names.
// What the environment says goes before the file. The error is Complaints.
func Load(environ []string) (Settings, error) {
	var wrong Complaints
	known := knownSettings()
	values, providers := map[string]string{}, []rawProvider(nil)
	said := fromEnvironment(environ, known, &wrong)
	if path, named := said[fileSetting]; named {
		values, providers = fromFile(path, known, &wrong)
	}
	maps.Copy(values, said)
	var r raw
	if err := env.ParseWithOptions(&r, env.Options{Environment: values}); err != nil {
		wrong = append(wrong, err.Error())
	}
	settings := r.check(&wrong)
	settings.Providers = checkProviders(providers, &wrong)
	if len(wrong) > 0 {
		return Settings{}, wrong
	}
	return settings, nil
}

func knownSettings() []string {
	fields, err := env.GetFieldParams(&raw{})
	if err != nil {
		panic(err) // the tags above are part of the program
	}
	var names []string
	for _, f := range fields {
		names = append(names, f.Key)
	}
	return names
}

// fromEnvironment takes what begins with TANDEM_. A name that is not known is most likely a slip of the pen, and what
// was meant would silently not hold. An empty variable counts as not set.
func fromEnvironment(environ, known []string, wrong *Complaints) map[string]string {
	values := map[string]string{}
	for _, pair := range environ {
		name, value, _ := strings.Cut(pair, "=")
		if !strings.HasPrefix(name, "TANDEM_") {
			continue
		}
		if name != fileSetting && !slices.Contains(known, name) {
			wrong.add(name, "there is no such setting")
		} else if value != "" {
			values[name] = value
		}
	}
	return values
}
