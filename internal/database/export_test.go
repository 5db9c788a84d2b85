package database

import "testing"

// Waiting is how many transactions wait for their turn to write to SQLite.
func (db *DB) Waiting() int { return int(db.file.queue.waiting.Load()) }

// LoseTransaction does what SQLite does by itself when the disk is full: the whole transaction is rolled back.
func (tx *Tx) LoseTransaction(t *testing.T) {
	if err := tx.on.(*link).say("rollback"); err != nil {
		t.Error(err)
	}
}
