package main

import (
	"context"
	"database/sql"
	_ "embed"
	"fmt"
	"regexp"
	"strings"
	"time"

	"example.org/tandem/internal/locale"
)

//go:embed seed.sql
var seedSQL string

// today is the row of `days` that is the day of seeding; two years lie on either side.
const today = 730

// id gives the i-th identifier of a kind, as seed.sql writes it: those of rows made later sort later, as with UUIDv7.
func id(kind, i int) string { return fmt.Sprintf("01900000-0000-7000-%d-%d", kind, 100_000_000_000+i) }

var reference = regexp.MustCompile(`@(\d{4})\[([^\]]*)\]`)

// Who and what the pages are about, at every size.
var (
	reader     = id(8021, 0)
	conference = id(8050, 1)
	lesson     = id(8090, 1)
	ourPlace   = id(8000, 1) // partnership
	ourUnit    = id(8011, 0)
	theirUnit  = id(8013, 1)
)

// seed fills an empty database with that many action items and what belongs around them.
func seed(ctx context.Context, db *sql.Conn, items int, now time.Time) error {
	if err := seedDays(ctx, db, now); err != nil {
		return err
	}
	statements := reference.ReplaceAllString(seedSQL, `('01900000-0000-7000-$1-' || (100000000000 + $2))`)
	for statement := range strings.SplitSeq(statements, ";\n") {
		var args []any
		if strings.Contains(statement, "$1") {
			args = append(args, items)
		}
		if _, err := db.ExecContext(ctx, statement, args...); err != nil {
			return fmt.Errorf("%s: %w", strings.TrimSpace(statement), err)
		}
	}
	return nil
}

// seedDays writes what SQL would say differently on the two databases: days, and what the texts say.
func seedDays(ctx context.Context, db *sql.Conn, now time.Time) error {
	for _, statement := range []string{
		`create temporary table numbers (i bigint primary key)`,
		`create temporary table days (d bigint primary key, day text, at timestamptz, later timestamptz)`,
		`create temporary table words (k bigint, language text, body text, primary key (k, language))`,
	} {
		if _, err := db.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	noon := time.Date(now.Year(), now.Month(), now.Day(), 12, 0, 0, 0, locale.Minsk)
	for d := range 2 * today {
		at := noon.AddDate(0, 0, d-today)
		_, err := db.ExecContext(ctx, `insert into days values ($1, $2, $3, $4)`, d, at.Format(time.DateOnly), at, at.Add(2*time.Hour))
		if err != nil {
			return err
		}
	}
	for k, said := range words {
		for i, l := range []locale.Language{locale.Russian, locale.Belarusian, locale.Danish, locale.English} {
			if _, err := db.ExecContext(ctx, `insert into words values ($1, $2, $3)`, k, string(l), said[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// words are what the texts say, in four languages.
var words = map[int][4]string{
	0: {"Составить график дежурств горячей линии на следующий месяц", "Скласці графік дзяжурстваў гарачай лініі на наступны месяц",
		"Lav vagtplanen for hjælpelinjen for næste måned", "Draw up the helpline rota for next month"},
	1: {"Перевести памятку для волонтёров о помощи на расстоянии", "Перакласці памятку для валанцёраў пра дапамогу на адлегласці",
		"Oversæt vejledningen til frivillige om hjælp på afstand", "Translate the guide for volunteers on helping at a distance"},
	2: {"Провести онлайн-занятие по первой психологической помощи", "Правесці анлайн-занятак па першай псіхалагічнай дапамозе",
		"Hold et onlinekursus i psykologisk førstehjælp", "Hold an online session on psychological first aid"},
	3: {"Собрать отзывы волонтёров после первого месяца работы", "Сабраць водгукі валанцёраў пасля першага месяца працы",
		"Saml de frivilliges erfaringer efter den første måned", "Collect what volunteers say after their first month"},
	4: {"Договориться с магазинами о доставке продуктов пожилым людям", "Дамовіцца з крамамі пра дастаўку прадуктаў пажылым людзям",
		"Aftal med butikkerne, at der bringes varer ud til ældre", "Agree with shops on deliveries to older people"},
	10: {"Областная организация", "Абласная арганізацыя", "Regional organisation", "Regional organisation"},
	11: {"Городская организация", "Гарадская арганізацыя", "Byafdeling", "Town branch"},
	12: {"Местное отделение", "Мясцовае аддзяленне", "Lokalafdeling", "Local branch"},
	13: {"Волонтёр", "Валанцёр", "Frivillig", "Volunteer"},
	14: {"Общество Беларуси", "Таварыства Беларусі", "Selskabet i Belarus", "Society of Belarus"},
	15: {"Общество Дании", "Таварыства Даніі", "Selskabet i Danmark", "Society of Denmark"},
}
