package demo

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"time"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/files"
)

// callGuide is the one file that the content has: a page in four languages, beside the lesson about the helpline.
//
//go:embed call-guide.txt
var callGuide []byte

const (
	callGuideID   = "file-call-guide"
	callGuideName = "call-guide_be-ru-da-en.txt"
)

// files names it in a row; its bytes are put in place when the demo starts, for they lie in a folder.
func (l *loader) files() error {
	var author string
	var at time.Time
	err := l.tx.Row(l.ctx, `select created_by_id, created_at from lessons where id = $1`, ID("ll-helpline")).Scan(&author, &at)
	if database.IsNone(err) {
		return nil
	}
	if err != nil {
		return err
	}
	sum := sha256.Sum256(callGuide)
	err = l.exec(`insert into files (id, name, media_type, size, sha256, created_by_id, created_at) values ($1, $2, 'text/plain; charset=utf-8', $3, $4, $5, $6)`,
		ID(callGuideID), callGuideName, len(callGuide), hex.EncodeToString(sum[:]), author, at)
	if err != nil {
		return err
	}
	return l.exec(`insert into lesson_files (lesson_id, file_id, position) values ($1, $2, 1)`, ID("ll-helpline"), ID(callGuideID))
}

func placeFiles(kept *files.Store) error {
	return kept.PutBack(ID(callGuideID), bytes.NewReader(callGuide))
}
