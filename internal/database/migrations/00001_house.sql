-- +goose Up
-- Times: `…_at` is an instant in UTC, `…_on` a calendar day (YYYY-MM-DD), `…_local` a wall time (YYYY-MM-DDTHH:MM) that
-- belongs to the zone beside it. Everything that people type is in `texts`; the other tables hold its ID.

create table texts (
    id         text primary key,
    version    integer not null default 1, -- moves on with every save; what an editor started from
    created_at timestamptz not null
);

create table text_paragraphs (
    id         text primary key,
    text_id    text not null references texts (id) on delete cascade,
    position   integer not null,
    kind       text not null,              -- heading, paragraph, item, quote, row
    meaning    integer not null,           -- what the origin now says; a translation of an older meaning is out of date
    origin     text not null,              -- language that the meaning was last written in
    added      integer not null,           -- version of the text that brought it
    removed    integer                     -- version that took it out; its revisions stay
);
create index text_paragraphs_text on text_paragraphs (text_id, position);

create table text_revisions (
    paragraph_id  text not null references text_paragraphs (id) on delete cascade,
    language      text not null,
    revision      integer not null,
    meaning       integer not null,
    body          text not null,
    version       integer not null,        -- of the text, that brought it
    how           text not null,           -- written, translated, machine, checked
    from_language text not null,           -- what a translation was made from, else ''
    from_revision integer not null,
    person_id     text not null,
    at            timestamptz not null,
    current       boolean not null,        -- the newest of its paragraph and language
    primary key (paragraph_id, language, revision)
);
create index text_revisions_current on text_revisions (paragraph_id, language) where current;

create table units (
    id            text primary key,
    society_id    text not null references units (id), -- the root of its tree; a society is its own
    parent_id     text references units (id),
    level         text not null,           -- national, secretariat, headquarters, regional, city, district, branch, primary
    country       text not null,           -- ISO 3166-1 alpha-2: whose holidays
    zone          text not null,           -- IANA name
    languages     text not null,           -- that it works in, 'ru,be'
    name_id       text not null references texts (id),
    short_name_id text not null references texts (id),
    place_id      text not null references texts (id),
    archived_at   timestamptz,
    version       integer not null default 1
);

-- Every unit and all above it, itself included (depth 0): a right held in a unit holds below it.
create table unit_ancestors (
    unit_id     text not null references units (id),
    ancestor_id text not null references units (id),
    depth       integer not null,
    primary key (unit_id, ancestor_id)
);
create index unit_ancestors_ancestor on unit_ancestors (ancestor_id, unit_id);

create table people (
    id         text primary key,
    name_id    text not null references texts (id),
    email      text not null,
    language   text not null,              -- of the interface and of mails
    reads      text not null,              -- languages read, best first: 'ru,be,en'
    writes     text not null,              -- language last written in: presets the next text's
    zone       text not null,
    site_admin boolean not null default false,
    joined_at  timestamptz not null,
    version    integer not null default 1
);

create table identities (
    issuer    text not null,
    subject   text not null,
    person_id text not null references people (id),
    added_at  timestamptz not null,
    primary key (issuer, subject)
);
create index identities_person on identities (person_id);

create table memberships (
    id        text primary key,
    person_id text not null references people (id),
    unit_id   text not null references units (id),
    role      text not null,               -- staff, coordinator, administrator
    since_at  timestamptz not null,
    ended_at  timestamptz
);
create index memberships_person on memberships (person_id) where ended_at is null;
create index memberships_unit on memberships (unit_id) where ended_at is null;

create table sessions (
    token_hash text primary key,
    person_id  text not null references people (id),
    provider   text not null,
    id_token   text not null,              -- id_token_hint of RP-initiated logout
    device     text not null,
    started_at timestamptz not null,
    seen_at    timestamptz not null,
    ends_at    timestamptz not null
);
create index sessions_person on sessions (person_id);

-- A sign-in under way: from the click on a provider to its answer.
create table sign_ins (
    state_hash text primary key,
    provider   text not null,
    nonce      text not null,
    verifier   text not null,              -- PKCE, RFC 7636
    next       text not null,
    ends_at    timestamptz not null
);

-- What somebody sent whose session had ended: given back to the same browser, and the same person, once they are back.
create table kept_forms (
    token_hash text primary key,
    person_id  text not null,              -- whose session it was, '' where that is not known any more
    path       text not null,
    fields     text not null,              -- as a browser sends them, sealed
    ends_at    timestamptz not null
);

create table partnerships (
    id         text primary key,
    name_id    text not null references texts (id),
    purpose_id text not null references texts (id),
    kind       text not null,              -- partnership, twinning
    starts_on  text not null,
    ends_on    text,
    version    integer not null default 1
);

create table partnership_units (
    partnership_id text not null references partnerships (id),
    unit_id        text not null references units (id),
    position       integer not null,
    primary key (partnership_id, unit_id)
);
create index partnership_units_unit on partnership_units (unit_id, partnership_id);

create table conferences (
    id              text primary key,
    partnership_id  text not null references partnerships (id),
    title_id        text not null references texts (id),
    purpose_id      text not null references texts (id),
    state           text not null,         -- draft, poll, scheduled, cancelled; in progress, held and agreed follow from the times below
    starts_local    text,                  -- null until a time is chosen
    zone            text not null,         -- anchor of starts_local
    starts_at       timestamptz not null,  -- for order and filters only: of the two above, else of the earliest slot, else of the draft
    over_at         timestamptz,           -- held from here on: 30 minutes after the planned end, or when it was ended or called off
    minutes         integer not null,      -- planned length
    room_url        text not null,
    room_kind       text not null,         -- none, link, jitsi
    languages       text not null,         -- spoken: 'ru,da'
    interpretation  text not null,         -- 'ru-da,da-ru'
    moderator_id    text references people (id),
    minute_taker_id text references people (id),
    follows_id      text references conferences (id),
    replaced_by_id  text references conferences (id),
    poll_question_id text references texts (id),
    poll_deadline_at timestamptz,
    chosen_slot_id  text,
    sequence        integer not null default 0, -- iTIP SEQUENCE (RFC 5546 §2.1.4)
    opened_at       timestamptz,           -- 'Start' was pressed
    closed_at       timestamptz,           -- 'End' was pressed
    agreed_at       timestamptz,           -- both societies have agreed to the minutes
    created_by_id   text not null references people (id),
    created_at      timestamptz not null,
    changed_at      timestamptz not null,
    version         integer not null default 1
);
create index conferences_partnership on conferences (partnership_id, over_at, id);
create index conferences_unagreed on conferences (partnership_id, over_at, id) where agreed_at is null and state = 'scheduled';
create index conferences_follows on conferences (follows_id);

create table conference_hosts (
    conference_id text not null references conferences (id),
    unit_id       text not null references units (id),
    position      integer not null,
    primary key (conference_id, unit_id)
);

create table participants (
    conference_id text not null references conferences (id),
    person_id     text not null references people (id),
    unit_id       text not null references units (id), -- whom the person takes part for
    rsvp          text not null,           -- ACCEPTED, DECLINED, TENTATIVE, NEEDS-ACTION (RFC 5545 §3.2.12)
    answered_at   timestamptz,
    invited_at    timestamptz,
    primary key (conference_id, person_id)
);
create index participants_person on participants (person_id, conference_id);

create table slots (
    id            text primary key,
    conference_id text not null references conferences (id),
    starts_local  text not null,
    zone          text not null,
    position      integer not null
);
create index slots_conference on slots (conference_id, position);

create table slot_answers (
    slot_id   text not null references slots (id),
    person_id text not null references people (id),
    answer    text not null,               -- yes, ifNeedBe, no
    at        timestamptz not null,
    primary key (slot_id, person_id)
);

create table decisions (
    id             text primary key,
    partnership_id text not null references partnerships (id),
    conference_id  text references conferences (id),
    agenda_item_id text,
    year           integer not null,
    number         integer not null,       -- per partnership and year: 2020/003
    text_id        text not null references texts (id),
    state          text not null,          -- proposed, in force, replaced, withdrawn, expired
    decided_on     text not null,
    created_by_id  text not null references people (id),
    created_at     timestamptz not null,
    version        integer not null default 1,
    unique (partnership_id, year, number)
);
create index decisions_conference on decisions (conference_id);

create table actions (
    id             text primary key,
    partnership_id text not null references partnerships (id),
    conference_id  text references conferences (id),
    decision_id    text references decisions (id),
    agenda_item_id text,
    title_id       text not null references texts (id),
    due_on         text not null,
    priority       text not null,          -- high, normal, low
    ball_unit_id   text references units (id), -- whose move it is
    closed_at      timestamptz,            -- every part is done or dropped
    created_by_id  text not null references people (id),
    created_at     timestamptz not null,
    changed_at     timestamptz not null,
    version        integer not null default 1
);
create index actions_due on actions (partnership_id, due_on, id) where closed_at is null;
create index actions_partnership on actions (partnership_id, due_on, id);
create index actions_all_due on actions (due_on, id) where closed_at is null;
create index actions_all on actions (due_on, id);
create index actions_conference on actions (conference_id);

create table action_parts (
    id        text primary key,
    action_id text not null references actions (id),
    unit_id   text not null references units (id),
    person_id text references people (id), -- responsible
    state     text not null,               -- open, inProgress, blocked, done, dropped
    position  integer not null,
    ended_at  timestamptz,
    due_on    text not null,               -- these two are the action's: a list of somebody's parts is read in order
    partnership_id text not null references partnerships (id),
    version   integer not null default 1,
    unique (action_id, unit_id)
);
create index action_parts_person_due on action_parts (person_id, due_on, action_id) where ended_at is null;
create index action_parts_person on action_parts (person_id, due_on, action_id);
create index action_parts_unit_due on action_parts (unit_id, due_on, action_id) where ended_at is null;
create index action_parts_unit on action_parts (unit_id, due_on, action_id);

create table action_notes (
    id        text primary key,
    action_id text not null references actions (id),
    text_id   text not null references texts (id),
    person_id text not null references people (id),
    at        timestamptz not null
);
create index action_notes_action on action_notes (action_id, at, id);

create table agenda_items (
    id            text primary key,
    conference_id text not null references conferences (id),
    position      integer not null,
    topic_id      text not null references texts (id),
    notes_id      text not null references texts (id),
    kind          text not null,           -- information, discussion, decision
    minutes       integer not null,
    presenter_id  text references people (id),
    action_id     text references actions (id),
    version       integer not null default 1
);
create index agenda_items_conference on agenda_items (conference_id, position);

create table minutes (
    conference_id text primary key references conferences (id),
    snapshot      text not null,           -- JSON: agenda, notes, decisions, actions as they were agreed to
    frozen_at     timestamptz not null
);

create table minutes_agreements (
    id            text primary key,
    conference_id text not null references conferences (id),
    society_id    text not null references units (id),
    person_id     text not null references people (id),
    languages     text not null,           -- versions that this side agrees to
    fingerprint   text not null,           -- of the meaning that was agreed to
    reservation_id text references texts (id), -- what this side agrees with all the same, but wants on record
    at            timestamptz not null,
    voided_at     timestamptz
);
create unique index minutes_agreements_side on minutes_agreements (conference_id, society_id) where voided_at is null;

create table jobs (
    id         text primary key,
    kind       text not null,
    subject    text not null,              -- IDs only, never sentences
    unique_key text unique,                -- at most one job with this key, ever
    run_at     timestamptz not null,
    attempts   integer not null default 0, -- also says whose claim it is: only the newest may end the job
    claimed_until timestamptz,             -- by the machine's clock: a program that died gives it back then
    done_at    timestamptz,
    failed_at  timestamptz,                -- given up
    last_error text not null default ''
);
create index jobs_waiting on jobs (run_at, id) where done_at is null and failed_at is null;

create table audit (
    id         text primary key,
    at         timestamptz not null,
    person_id  text,                       -- null: the program itself
    deed       text not null,
    subject    text not null,              -- kind:ID
    details    text not null               -- JSON, IDs and states only, no names
);
create index audit_at on audit (at, id);
create index audit_subject on audit (subject, id);

-- +goose Down
