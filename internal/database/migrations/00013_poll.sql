-- +goose Up
alter table conferences add column poll_private boolean not null default false; -- only who plans it sees what others answered
alter table participants add column poll_note text not null default '';        -- what somebody says beside their answers to the poll
alter table participants add column poll_note_language text not null default ''; -- of that; '' of none
alter table slot_answers add column by_id text references people (id);           -- who answered for the person; null: they did themselves

-- Mails about changes that whoever made them wants to send later: what each person would get by now.
create table held_mails (
    conference_id text not null references conferences (id),
    person_id     text not null references people (id),
    kind          text not null, -- invite, change, remove
    at            timestamptz not null,
    primary key (conference_id, person_id)
);
create index held_mails_person on held_mails (person_id);

-- +goose Down
drop table held_mails;
alter table slot_answers drop column by_id;
alter table participants drop column poll_note_language;
alter table participants drop column poll_note;
alter table conferences drop column poll_private;
