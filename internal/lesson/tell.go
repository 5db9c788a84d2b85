package lesson

import (
	"context"
	"strings"
	"time"

	"example.org/tandem/internal/database"
	"example.org/tandem/internal/jobs"
	"example.org/tandem/internal/text"
)

// SharedMail tells a coordinator of another society that a lesson was shared with them: a kind of job, one for each receiver.
const SharedMail = "lesson"

// settling is how long a lesson waits before others are told: a slip is seen first by whoever made it.
const settling = time.Minute

// Letter is the subject of such a job.
type Letter struct{ LessonID, PersonID string }

func (l Letter) String() string { return l.LessonID + " " + l.PersonID }

// ParseLetter reads a job's subject; one that is none names no lesson.
func ParseLetter(subject string) Letter {
	lesson, person, _ := strings.Cut(subject, " ")
	return Letter{lesson, person}
}

// tell has the coordinators of the partnership's other societies written to, each once.
func (l *Lesson) tell(ctx context.Context, tx *database.Tx) error {
	people, err := database.Strings(ctx, tx, `select distinct m.person_id from partnership_units pu
		join units u on u.id = pu.unit_id and u.society_id <> $2 join unit_ancestors ua on ua.unit_id = u.id
		join memberships m on m.unit_id = ua.ancestor_id and m.ended_at is null and m.role in ('coordinator', 'administrator')
		where pu.partnership_id = $1 order by m.person_id`, l.PartnershipID, l.SocietyID)
	if err != nil {
		return err
	}
	list := make([]jobs.Job, len(people))
	for i, person := range people {
		letter := Letter{l.ID, person}
		list[i] = jobs.Job{Kind: SharedMail, Subject: letter.String(), UniqueKey: SharedMail + ":" + letter.String(), RunAt: tx.Now.Add(settling)}
	}
	return jobs.Enqueue(ctx, tx, list...)
}

// GetIn gives the program itself what a mail says of a lesson: title, summary and society. Nobody is asking.
func (s *Store) GetIn(ctx context.Context, tx *database.Tx, id string) (Lesson, error) {
	l, err := bare(ctx, tx, id)
	if err != nil {
		return l, err
	}
	texts, err := text.Load(ctx, tx, l.Texts[Title].ID, l.Texts[Summary].ID)
	l.say(texts)
	return l, err
}
