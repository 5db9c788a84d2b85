package text

import (
	"context"

	"example.org/tandem/internal/database"
)

// Piece is something that people translate as one: a decision, a topic of an agenda, a whole lesson. Features say which they
// have by a statement with the columns of PieceColumns.
type Piece struct {
	Kind          string
	ID            string // of the text, or of what is made of several
	TitleID       string // the text that it is called by
	WithinID      string // ID of what it is found on
	WithinTitleID string // the text that this is called by, '' where it is the piece itself
	PartnershipID string
	On            string // the day that it is about, YYYY-MM-DD; '' for none
	Rank          string // pieces of a kind stand in the order of their ranks
	Coverage      Coverage
}

// PieceColumns are what a statement for Pieces gives; it has a row for every text of a piece.
const PieceColumns = `kind, thing, text_id, title_id, within_id, within_title_id, partnership_id, on_day, rank`

// Pieces reads them with their coverage, in one statement. Those of which nothing has been written are left out; a text that is
// several pieces is there as each of them. The order is anybody's.
func Pieces(ctx context.Context, tx *database.Tx, statement string, args ...any) ([]Piece, error) {
	var list []Piece
	at := map[string]int{}
	_, err := database.All(ctx, tx, func(s database.Scanner) (none struct{}, err error) {
		var p Piece
		var kept string
		err = s.Scan(&p.Kind, &p.ID, &p.TitleID, &p.WithinID, &p.WithinTitleID, &p.PartnershipID, &p.On, &p.Rank, &kept)
		if err != nil {
			return none, err
		}
		key := p.Kind + p.ID + p.WithinID
		i, known := at[key]
		if !known {
			i, at[key] = len(list), len(list)
			list = append(list, p)
		}
		return none, list[i].Coverage.add(kept)
	}, covered(`x.kind, x.thing, x.title_id, x.within_id, x.within_title_id, x.partnership_id, x.on_day, x.rank`, statement), args...)
	return list, err
}
