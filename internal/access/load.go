package access

import (
	"context"

	"example.org/tandem/internal/database"
)

// PartnershipUnits are the units of a partnership, each with all above it, in the partnership's own order. A partnership
// that is not there has none, and so nobody may see it.
func PartnershipUnits(ctx context.Context, tx *database.Tx, partnershipID string) ([]Unit, error) {
	return units(ctx, tx, `select u.id, u.society_id, ua.ancestor_id from partnership_units pu
		join units u on u.id = pu.unit_id join unit_ancestors ua on ua.unit_id = u.id
		where pu.partnership_id = $1 order by pu.position, u.id, ua.depth`, partnershipID)
}

// ProposalUnits are the units that a proposal would join, likewise.
func ProposalUnits(ctx context.Context, tx *database.Tx, proposalID string) ([]Unit, error) {
	return units(ctx, tx, `select u.id, u.society_id, ua.ancestor_id from proposal_units pu
		join units u on u.id = pu.unit_id join unit_ancestors ua on ua.unit_id = u.id
		where pu.proposal_id = $1 order by pu.position, u.id, ua.depth`, proposalID)
}

// UnitsByID are some units, each with all above it.
func UnitsByID(ctx context.Context, tx *database.Tx, ids ...string) ([]Unit, error) {
	var args database.Args
	return units(ctx, tx, `select u.id, u.society_id, ua.ancestor_id from units u
		join unit_ancestors ua on ua.unit_id = u.id where u.id in `+args.In(ids)+` order by u.id, ua.depth`, args...)
}

func units(ctx context.Context, tx *database.Tx, query string, args ...any) ([]Unit, error) {
	type row struct{ id, society, ancestor string }
	rows, err := database.All(ctx, tx, func(s database.Scanner) (r row, err error) {
		return r, s.Scan(&r.id, &r.society, &r.ancestor)
	}, query, args...)
	var list []Unit
	for _, r := range rows {
		if len(list) == 0 || list[len(list)-1].ID != r.id {
			list = append(list, Unit{ID: r.id, SocietyID: r.society})
		}
		last := &list[len(list)-1]
		last.Line = append(last.Line, r.ancestor)
	}
	return list, err
}
