-- +goose Up
-- A series: conferences of their own that a rule gives times. Its calendar entry is that of its first conference, gone on.
create table series (
    id             text primary key,
    partnership_id text not null references partnerships (id),
    first_id       text not null references conferences (id), -- the entry's UID is made of it
    rule           text not null,         -- RRULE with COUNT (RFC 5545 §3.3.10)
    starts_local   text not null,         -- wall time of the first occurrence, DTSTART
    zone           text not null,         -- whose clock stays
    sequence       integer not null,      -- iTIP SEQUENCE of the entry of the whole
    version        integer not null default 1,
    created_by_id  text not null references people (id),
    created_at     timestamptz not null
);

-- recurs_local is the time that the rule gives an occurrence, wherever it has been moved since: RECURRENCE-ID.
alter table conferences add column series_id text references series (id);
alter table conferences add column recurs_local text;
create index conferences_series on conferences (series_id, recurs_local);

-- Somebody answered this occurrence apart from the rest: an answer to the whole series does not change it.
alter table participants add column answered_apart boolean not null default false;

-- +goose Down
