package config_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.org/tandem/internal/config"
	"example.org/tandem/internal/locale"
	"github.com/google/go-cmp/cmp"
)

const secret = "0123456789abcdef0123456789abcdef"

func good() map[string]string {
	return map[string]string{
		"PATH":             "/bin",
		"TANDEM_URL":       "https://tandem.example/",
		"TANDEM_DATABASE":  "postgres://tandem:hush@db.example/tandem",
		"TANDEM_BLOBS":     "file:/var/lib/tandem/files",
		"TANDEM_SMTP":      "smtp://tandem:hush@mail.example:587",
		"TANDEM_MAIL_FROM": "Tandem <tandem@tandem.example>",
		"TANDEM_SECRET":    secret,
	}
}

const providerTOML = `
[[providers]]
id = "koge"
issuer = "https://login.example"
client_id = "tandem"
client_secret = "hush"
society = "drc"
name = { en = "Danish Red Cross", da = "Røde Kors", ru = "Датский Красный Крест", be = "Дацкі Чырвоны Крыж" }
`

// load reads settings with a file of that content; the settings changed are those that differ from good ones.
func load(t *testing.T, content string, changed map[string]string) (config.Settings, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "tandem.toml")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	all := good()
	all["TANDEM_CONFIG"] = path
	for name, value := range changed {
		all[name] = value
	}
	var environ []string
	for name, value := range all {
		environ = append(environ, name+"="+value)
	}
	return config.Load(environ)
}

func TestGoodSettingsAreTaken(t *testing.T) {
	s, err := load(t, providerTOML, map[string]string{
		"TANDEM_TRUSTED_PROXIES": "10.0.0.7/8, ::1",
		"TANDEM_ROOM_BASE":       "https://meet.example/",
	})
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprintln(s.URL, s.Listen, s.Blobs, s.MailFrom.Address, s.TrustedProxies, s.RoomBase)
	if want := "https://tandem.example 127.0.0.1:8080 /var/lib/tandem/files tandem@tandem.example [10.0.0.0/8 ::1/128] https://meet.example/\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	p := s.Providers[0]
	if p.ID != "koge" || p.ClientSecret.Reveal() != "hush" || p.Name[locale.Danish] != "Røde Kors" || p.Society != "drc" ||
		!cmp.Equal(p.Scopes, []string{"openid", "profile", "email"}) {
		t.Errorf("the provider came out as %+v", p)
	}
}

func TestTheEnvironmentGoesBeforeTheFile(t *testing.T) {
	file := "TANDEM_LISTEN = ':9000'\nTANDEM_METRICS_LISTEN = ':9100'\nTANDEM_TRUSTED_PROXIES = ['10.0.0.1', '10.0.0.2']\n" + providerTOML
	s, err := load(t, file, map[string]string{"TANDEM_LISTEN": ":7000"})
	if err != nil {
		t.Fatal(err)
	}
	if s.Listen != ":7000" || s.MetricsListen != ":9100" || len(s.TrustedProxies) != 2 {
		t.Errorf("got %s %s %v", s.Listen, s.MetricsListen, s.TrustedProxies)
	}
}

func TestASecretMayComeFromAFileWhoseNewlineIsNoPartOfIt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(path, []byte("hush\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	file := strings.Replace(providerTOML, `client_secret = "hush"`, fmt.Sprintf("client_secret_file = %q", path), 1)
	s, err := load(t, file, nil)
	if err != nil || s.Providers[0].ClientSecret.Reveal() != "hush" {
		t.Fatal(s.Providers, err)
	}
}

// TestWrongSettingsAreNamed: each wrong setting is one line that begins with its name, and no line holds a secret.
func TestWrongSettingsAreNamed(t *testing.T) {
	for _, c := range []struct{ name, value, complaint string }{
		{"TANDEM_URL", "", "is missing"},
		{"TANDEM_URL", "tandem.example", "no address"},
		{"TANDEM_URL", "http://tandem.example", "only https"},
		{"TANDEM_URL", "https://tandem.example/portal", "at the root"},
		{"TANDEM_LISTEN", "8080", "host:port"},
		{"TANDEM_LISTEN", ":99999", "host:port"},
		{"TANDEM_METRICS_LISTEN", "x", "host:port"},
		{"TANDEM_DATABASE", "", "is missing"},
		{"TANDEM_DATABASE", "mysql://u:hush@h/d", "neither"},
		{"TANDEM_DATABASE", "postgres://u:hush%zz@h/d", "no proper address"},
		{"TANDEM_DATABASE", "sqlite:", "no file"},
		{"TANDEM_BLOBS", "", "is missing"},
		{"TANDEM_BLOBS", "/var/lib/tandem/files", "no file:"},
		{"TANDEM_BLOBS", "file://hush/files", "no file:"},
		{"TANDEM_BLOBS", "file:", "no folder"},
		{"TANDEM_BLOBS", "s3://key:hush@bucket.example/tandem", "yet"},
		{"TANDEM_SMTP", "", "is missing"},
		{"TANDEM_SMTP", "hush", "smtp://name:password@host:587"},
		{"TANDEM_SMTP", "http://u:hush@mail.example", "smtp://"},
		{"TANDEM_SMTP", "smtp://mail.example?tls=none", "this machine"},
		{"TANDEM_MAIL_FROM", "", "is missing"},
		{"TANDEM_MAIL_FROM", "hush", "no mail address"},
		{"TANDEM_SECRET", "", "is missing"},
		{"TANDEM_SECRET", "hush", "4 bytes"},
		{"TANDEM_TRUSTED_PROXIES", "10.0.0.0/8,proxy", `"proxy"`},
		{"TANDEM_ROOM_BASE", "http://meet.example", "Jitsi"},
		{"TANDEM_DATABSE", "sqlite:x", "no such setting"},
		{"TANDEM_CONFIG", "/nowhere/tandem.toml", "no such file"},
	} {
		t.Run(c.name+" "+c.complaint, func(t *testing.T) {
			_, err := load(t, providerTOML, map[string]string{c.name: c.value})
			lines := complaints(t, err)
			if !strings.HasPrefix(lines[0], c.name+": ") || !strings.Contains(lines[0], c.complaint) {
				t.Errorf("got %q", lines)
			}
			if c.name != "TANDEM_CONFIG" && len(lines) != 1 {
				t.Errorf("one wrong setting made %d lines: %q", len(lines), lines)
			}
		})
	}
}

func TestWrongFilesAreNamed(t *testing.T) {
	for _, c := range []struct{ name, content, line string }{
		{"broken", "TANDEM_URL = ", "TANDEM_CONFIG: "},
		{"unknown", "TANDEM_LSITEN = ':1'\n" + providerTOML, "TANDEM_LSITEN: there is no such setting"},
		{"unknown in a provider", providerTOML + "colour = 'blue'\n", "providers.colour: there is no such setting"},
		{"no text", "TANDEM_LISTEN = 8080\n" + providerTOML, "TANDEM_LISTEN: is neither"},
		{"nobody can sign in", "", "providers: there is none"},
		{"two of a name", providerTOML + providerTOML, "providers.koge.id: is there twice"},
		{"issuer by http", strings.Replace(providerTOML, "https://", "http://", 1), "providers.koge.issuer: "},
		{"no client ID", strings.Replace(providerTOML, `"tandem"`, `""`, 1), "providers.koge.client_id: "},
		{"no secret", strings.Replace(providerTOML, `client_secret = "hush"`, "", 1), "providers.koge.client_secret: is missing"},
		{"secret twice", providerTOML + "client_secret_file = 'x'\n", "providers.koge.client_secret: is given twice"},
		{"no secret file", strings.Replace(providerTOML, `client_secret = "hush"`, "client_secret_file = 'x'", 1), "providers.koge.client_secret_file: "},
		{"a language short", strings.Replace(providerTOML, `en = "Danish Red Cross", `, "", 1), "providers.koge.name.en: is missing"},
		{"a language too many", strings.Replace(providerTOML, `{ en`, `{ sv = "Röda Korset", en`, 1), "providers.koge.name.sv: "},
		{"no openid", providerTOML + "scopes = ['email']\n", "providers.koge.scopes: lacks openid"},
		{"domains without a unit", providerTOML + "domains = ['tandem.example']\n", "providers.koge.unit: is missing"},
		{"a unit without domains", providerTOML + "unit = 'koge'\n", "providers.koge.domains: is missing"},
		{"no domain", providerTOML + "domains = ['@tandem.example']\nunit = 'koge'\n", "providers.koge.domains: \"@tandem.example\" is no mail domain"},
		{"a whole country", providerTOML + "domains = ['dk']\nunit = 'koge'\n", "providers.koge.domains: \"dk\" is no mail domain"},
		{"domains of no address", providerTOML + "domains = ['tandem.example']\nunit = 'koge'\nscopes = ['openid']\n", "providers.koge.scopes: lacks email"},
		{"bad ID", strings.Replace(providerTOML, `"koge"`, `"Køge"`, 1), "providers.id: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := load(t, c.content, nil)
			if lines := complaints(t, err); !strings.HasPrefix(lines[0], c.line) {
				t.Errorf("got %q, want %q", lines, c.line)
			}
		})
	}
}

func TestEverythingMissingIsToldAtOnce(t *testing.T) {
	_, err := config.Load(nil)
	var names []string
	for _, line := range complaints(t, err) {
		name, _, _ := strings.Cut(line, ":")
		names = append(names, name)
	}
	want := []string{"TANDEM_URL", "TANDEM_DATABASE", "TANDEM_BLOBS", "TANDEM_SMTP", "TANDEM_MAIL_FROM", "TANDEM_SECRET", "providers"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Error(diff)
	}
}

func TestSecretsAreNeverPrinted(t *testing.T) {
	s, err := load(t, providerTOML, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{"%v", "%+v", "%#v", "%s"} {
		if text := fmt.Sprintf(format, s); strings.Contains(text, "hush") || strings.Contains(text, secret) {
			t.Errorf("%s printed %s", format, text)
		}
	}
}

func complaints(t *testing.T, err error) []string {
	t.Helper()
	var wrong config.Complaints
	if !errors.As(err, &wrong) {
		t.Fatalf("nothing was wrong: %v", err)
	}
	if strings.Contains(wrong.Error(), "hush") {
		t.Errorf("a secret was printed: %s", wrong)
	}
	return wrong
}
