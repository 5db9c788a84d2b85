package audit

import (
	"context"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/problem"
)

// Keeper chains the entries of the log, each by a keyed hash to the one before, and looks whether the chain is whole. The key
// comes from the secret of the installation: who can write to the database, but does not have it, cannot make a chain anew.
//
// Entries are chained some seconds after they are written and not in the same transaction: there all who write anything would
// queue for the end of the chain. What is changed within these seconds is not noticed.
type Keeper struct {
	db  *database.DB
	key []byte
}

// NewKeeper makes a keeper. All programs of an installation share its secret.
func NewKeeper(db *database.DB, secret []byte) (*Keeper, error) {
	key, err := hkdf.Key(sha256.New, secret, nil, "tandem audit log", 32)
	return &Keeper{db, key}, err
}

// entry is one row of the log.
type entry struct {
	id, deed, subject, details string
	at                         time.Time
	person                     *string
	position                   int64
	hash                       string
}

const entryColumns = `id, at, person_id, deed, subject, details, coalesce(position, 0), coalesce(hash, '')`

func readEntry(row database.Scanner) (e entry, err error) {
	return e, row.Scan(&e.id, &e.at, &e.person, &e.deed, &e.subject, &e.details, &e.position, &e.hash)
}

// sign is a keyed hash over some values, in a form in which none of them can run over into the next.
func (k *Keeper) sign(values ...any) string {
	text, err := json.Marshal(values)
	if err != nil {
		panic(err) // texts, numbers and nothing else
	}
	mac := hmac.New(sha256.New, k.key)
	mac.Write(text)
	return hex.EncodeToString(mac.Sum(nil))
}

func (k *Keeper) link(before string, e entry) string {
	return k.sign("entry", before, e.id, e.at.UnixMicro(), e.person, e.deed, e.subject, e.details)
}

// head is the newest link of the chain; its signature tells of entries that were cut off behind an older one.
type head struct {
	position  int64
	hash      string
	signature string
}

func (k *Keeper) signHead(h head) string { return k.sign("head", h.position, h.hash) }

func headIn(ctx context.Context, tx *database.Tx) (h head, err error) {
	err = tx.Row(ctx, `select position, hash, signature from audit_head where one = 1`).Scan(&h.position, &h.hash, &h.signature)
	if database.IsNone(err) {
		return head{}, nil
	}
	return h, err
}

// sealedAtOnce is how many entries one transaction chains.
const sealedAtOnce = 500

// Seal chains what is not chained yet and tells how many entries that were. Of several programs that do so at once one wins.
func (k *Keeper) Seal(ctx context.Context) (sealed int, err error) {
	for {
		n := 0
		err := k.db.Write(ctx, func(tx *database.Tx) (err error) {
			n, err = k.sealIn(ctx, tx)
			return err
		})
		sealed += n
		if err != nil || n < sealedAtOnce {
			return sealed, err
		}
	}
}

func (k *Keeper) sealIn(ctx context.Context, tx *database.Tx) (int, error) {
	loose, err := database.All(ctx, tx, readEntry, `select `+entryColumns+` from audit where position is null order by id limit $1`, sealedAtOnce)
	if err != nil || len(loose) == 0 {
		return 0, err
	}
	old, err := headIn(ctx, tx)
	if err != nil {
		return 0, err
	}
	if old.position > 0 && !hmac.Equal([]byte(old.signature), []byte(k.signHead(old))) {
		return 0, &Broken{old.position, HeadForged} // going on would hide it
	}
	now := old
	for _, e := range loose {
		now.position++
		now.hash = k.link(now.hash, e)
		_, err := tx.Exec(ctx, `update audit set position = $1, hash = $2 where id = $3 and position is null`, now.position, now.hash, e.id)
		if err != nil {
			return 0, err
		}
	}
	n, err := tx.Exec(ctx, `insert into audit_head (one, position, hash, at, signature) values (1, $1, $2, $3, $4)
		on conflict (one) do update set position = excluded.position, hash = excluded.hash, at = excluded.at, signature = excluded.signature
		where audit_head.position = $5`, now.position, now.hash, tx.Now, k.signHead(now), old.position)
	if err == nil && n == 0 {
		err = problem.Moved()
	}
	return len(loose), err
}
