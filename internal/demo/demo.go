package demo

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	stdmail "net/mail"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"time"

	"example.org/tandem/internal/app"
	"example.org/tandem/internal/config"
	"example.org/tandem/internal/database"
	"example.org/tandem/internal/demo/provider"
	"example.org/tandem/internal/files"
	"example.org/tandem/internal/locale"
	"example.org/tandem/internal/signin"
	"example.org/tandem/locales"
)

// Parts are what the demo runs on. In a test the clock stands and the database is either of the two.
type Parts struct {
	URL     *url.URL // with the port that is really bound
	Folder  string   // keeps the key of the sign-in provider and Tandem's secret
	DB      *database.DB
	Clock   Mover
	Machine database.Clock
	Log     *slog.Logger
	Set     func(*config.Settings) // changes what the demo runs with; may be nil
}

// Mover is a clock that can be moved on.
type Mover interface {
	Now() time.Time
	MoveTo(to time.Time) error
}

// KeyFile is the key of the sign-in provider, in the folder of the demo.
const KeyFile = "provider.pem"

// New loads the content where it is missing and puts the program together with the demo's sign-in provider and mailbox.
func New(ctx context.Context, p Parts) (*app.App, error) {
	if err := Load(ctx, p.DB); err != nil {
		return nil, err
	}
	catalog, err := locales.Catalog()
	if err != nil {
		return nil, err
	}
	idp, err := openProvider(p, catalog)
	if err != nil {
		return nil, err
	}
	if err := identify(ctx, p.DB, idp.Issuer()); err != nil {
		return nil, err
	}
	kept, err := files.Open(p.DB, filepath.Join(p.Folder, "files"), p.Log)
	if err != nil {
		return nil, err
	}
	if err := placeFiles(kept); err != nil {
		return nil, err
	}
	secret, err := keptSecret(filepath.Join(p.Folder, "secret"))
	if err != nil {
		return nil, err
	}
	content, err := read()
	if err != nil {
		return nil, err
	}
	s := &site{Parts: p, provider: idp, mailbox: &Mailbox{db: p.DB, from: sender.String()}, notice: content.Meta.Disclaimer, catalog: catalog}
	settings := config.Settings{URL: p.URL, Secret: secret, MailFrom: sender, Controller: controller, RoomBase: &url.URL{Scheme: "https", Host: "meet.tandem.example"}}
	if p.Set != nil {
		p.Set(&settings)
	}
	a, err := app.New(app.Parts{
		Settings: settings,
		DB:       p.DB, Files: kept, Catalog: catalog, Mail: s.mailbox, Providers: []signin.Provider{idp.SignIn()}, Machine: p.Machine, Log: p.Log, Demo: s,
	})
	if err != nil {
		return nil, err
	}
	s.jobs = a.Jobs
	return a, nil
}

// controller is whom the demo's privacy notice names. Whoever starts the demo has everything on their own machine.
const controller = "Tandem, demo\ntandem@tandem.example"

// sender is the role address that the demo's mails come from.
var sender = &stdmail.Address{Name: "Tandem", Address: "tandem@tandem.example"}

func openProvider(p Parts, catalog *locale.Catalog) (*provider.Provider, error) {
	key, err := provider.LoadKey(filepath.Join(p.Folder, KeyFile))
	if err != nil {
		return nil, err
	}
	accounts, err := accounts()
	if err != nil {
		return nil, err
	}
	return provider.New(provider.Settings{URL: p.URL, Accounts: accounts, Newcomers: newcomers(accounts), Catalog: catalog, Key: key})
}

// identify ties the people to their accounts at the provider, whose issuer follows the port: it may be another one today.
func identify(ctx context.Context, db *database.DB, issuer string) error {
	c, err := read()
	if err != nil {
		return err
	}
	return db.Write(ctx, func(tx *database.Tx) error {
		if _, err := tx.Exec(ctx, `update identities set issuer = $1 where issuer <> $1`, issuer); err != nil {
			return err
		}
		for _, p := range c.People { // whoever has left Tandem stays unknown
			_, err := tx.Exec(ctx, `insert into identities (issuer, subject, person_id, added_at)
				select $1, $2, id, joined_at from people where id = $3 and left_at is null
				on conflict (issuer, subject) do nothing`, issuer, p.ID, ID(p.ID))
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// keptSecret is made once and kept, so that sessions live over a restart.
func keptSecret(path string) (config.Secret, error) {
	kept, err := os.ReadFile(path)
	if err == nil {
		return config.Secret(kept), nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	fresh := make([]byte, 32)
	rand.Read(fresh)
	secret := base64.RawURLEncoding.EncodeToString(fresh)
	if err := os.WriteFile(path, []byte(secret), 0o600); err != nil {
		return "", fmt.Errorf("keep the demo's secret: %w", err)
	}
	return config.Secret(secret), nil
}

// accounts are the people of the content as the sign-in page offers them: by society, with role and unit.
func accounts() ([]signin.Account, error) {
	c, err := read()
	if err != nil {
		return nil, err
	}
	units := map[string]organisation{}
	for _, o := range c.Organisations {
		units[o.ID] = o
	}
	var list []signin.Account
	for _, p := range c.People {
		society := units[p.Org]
		for society.Parent != "" {
			society = units[society.Parent]
		}
		list = append(list, signin.Account{ID: p.ID, Email: p.Email, Name: signin.Names(p.DisplayName), Unit: signin.Names(units[p.Org].Name),
			Society: signin.Names(society.Name), SocietyID: ID(society.ID), Role: accountRole(p)})
	}
	return list, nil
}

// newcomers are somebody in each society whom Tandem does not know: to try an invitation with.
func newcomers(accounts []signin.Account) []signin.Account {
	var list []signin.Account
	for _, like := range []string{"p-brc-vol", "p-koge-chair"} {
		i := slices.IndexFunc(accounts, func(a signin.Account) bool { return a.ID == like })
		if i < 0 {
			continue
		}
		a := accounts[i]
		id := fmt.Sprintf("newcomer-%d", len(list)+1)
		list = append(list, signin.Account{ID: id, Email: id + "@tandem.example", Role: "newcomer", Society: a.Society, SocietyID: a.SocietyID, Unit: a.Society,
			Name: signin.Names{locale.English: "New volunteer", locale.Danish: "Ny frivillig", locale.Russian: "Новый волонтёр", locale.Belarusian: "Новы валанцёр"}})
	}
	return list
}

func accountRole(p person) string {
	switch {
	case p.Access == "admin":
		return "siteAdministrator"
	case p.ID == "p-interp":
		return "staff"
	}
	return string(roles[p.Access])
}
