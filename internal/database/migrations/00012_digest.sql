-- +goose Up

-- How somebody wants to be told of a kind of thing, where that is not as it is for everybody: at once, once a day, once a week,
-- never. It takes the place of mail_stops, which knew 'never' alone.
create table mail_choices (
    person_id text not null references people (id),
    kind      text not null,
    how       text not null check (how in ('at-once', 'daily', 'weekly', 'never')),
    at        timestamptz not null,
    primary key (person_id, kind)
);
insert into mail_choices (person_id, kind, how, at) select person_id, kind, 'never', at from mail_stops;
drop table mail_stops;

-- What somebody is to be told of with the next mail of the day or of the week. The event is the Message-ID that its own mail
-- would have had, so that it is told once, however often a job runs.
create table mail_waiting (
    person_id  text not null references people (id),
    event      text not null,
    kind       text not null,                   -- as in mail_choices
    letter     text not null,                   -- the kind of the job
    subject_id text not null,                   -- of the conference, lesson or proposal
    at         timestamptz not null,
    told_at    timestamptz,
    primary key (person_id, event)
);
create index mail_waiting_untold on mail_waiting (person_id, at) where told_at is null;
