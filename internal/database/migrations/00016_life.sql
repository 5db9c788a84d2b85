-- +goose Up
create table uninvited (                                   -- who came to a conference without having been asked to
    id            text primary key,
    conference_id text not null references conferences (id),
    society_id    text not null references units (id),     -- the side that they came with
    person_id     text references people (id),             -- somebody of the partnership; null: only a line says who
    unit_id       text references units (id),              -- of that person
    line          text not null default '',                -- a role, a place; as typed
    language      text not null default '',                -- of the line
    added_by_id   text references people (id),
    added_at      timestamptz not null,
    unique (conference_id, person_id)
);
create index uninvited_person on uninvited (person_id, id);
create index uninvited_added on uninvited (added_by_id, id);

create table counters (                                    -- other times that somebody who is asked proposes (iTIP COUNTER)
    id              text primary key,
    conference_id   text not null references conferences (id),
    person_id       text not null references people (id),
    about           text not null,                         -- the time that they cannot come at, by the conference's own clock; '' in a poll
    times           text not null,                         -- wall times with commas between
    zone            text not null,                         -- by the clock of
    note            text not null default '',
    note_language   text not null default '',
    at              timestamptz not null,
    declined_at     timestamptz,
    declined_by_id  text references people (id),
    answer          text not null default '',              -- why it was declined, as typed
    answer_language text not null default ''
);
create index counters_conference on counters (conference_id, id);
create index counters_person on counters (person_id, id);

-- +goose Down
drop table counters;
drop table uninvited;
