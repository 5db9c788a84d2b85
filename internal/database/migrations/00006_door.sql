-- +goose Up
-- Who may come in, how they came in, and what they were allowed when.

-- One kind of token for every link that opens something by itself: an invitation, a guest's conference, a part of an action,
-- a calendar feed, the end of a kind of mail. Only its digest is here.
create table links (
    id         text primary key,
    token_hash text not null unique,
    purpose    text not null,              -- invitation, guest, action, feed, unsubscribe
    subject    text not null,              -- what it opens: an ID, or an ID and a word
    person_id  text references people (id),-- whose it is; null: of somebody whom nobody knows yet
    created_at timestamptz not null,
    ends_at    timestamptz,                -- null: when it is revoked
    used_at    timestamptz,                -- of a link that is good once
    revoked_at timestamptz
);
create index links_subject on links (purpose, subject);
create index links_person on links (person_id);

-- Who is expected. The person comes to be when they sign in with the link.
create table invitations (
    id             text primary key,
    unit_id        text not null references units (id),
    role           text not null,          -- staff, coordinator, administrator
    name_id        text references texts (id), -- what they will be called; null once that is gone
    email          text not null,          -- '' where the link is handed over in another way
    language       text not null,          -- of the mail, and of the first pages
    invited_by_id  text not null references people (id),
    invited_at     timestamptz not null,
    ends_at        timestamptz not null,
    accepted_at    timestamptz,
    accepted_by_id text references people (id),
    revoked_at     timestamptz
);
create index invitations_unit on invitations (unit_id, invited_at, id);

-- The first site administrator: next verified sign-in with this address at this issuer, once.
create table grants (
    id         text primary key,
    issuer     text not null,
    email      text not null,
    created_at timestamptz not null,
    ends_at    timestamptz not null,
    used_at    timestamptz
);

alter table people add column rights integer not null default 1; -- moves on with every change of rights: sessions are renewed then
alter table people add column left_at timestamptz;               -- a former participant: nothing of theirs is kept but what must stay
alter table units add column email text not null default '';     -- where the unit is reached
alter table units add column phone text not null default '';

alter table sessions add column id text not null default '';      -- for lists; the token's digest is nobody's business
alter table sessions add column issuer text not null default '';  -- with sub and sid: what a back-channel logout names
alter table sessions add column subject text not null default '';
alter table sessions add column sid text not null default '';
alter table sessions add column rights integer not null default 1;
alter table sessions add column renewed boolean not null default false; -- has a newer token; good for what is still on its way
delete from sessions;                                             -- they do not say which identity they are of
create index sessions_subject on sessions (issuer, subject);

alter table sign_ins add column invitation_id text not null default ''; -- that the person came by
alter table sign_ins add column link_id text not null default '';       -- that led to it: one that was called back since is worth nothing
alter table sign_ins add column person_id text not null default '';     -- who is adding an identity to those they have

-- Logout tokens that were taken: each is good once (OpenID Connect Back-Channel Logout 1.0 §2.6).
create table logout_tokens (
    token_hash text primary key,           -- of issuer and jti
    ends_at    timestamptz not null
);

-- How often somebody may try. One instant says it all (GCRA): when all that was used up is there again.
create table rate_limits (
    key_hash text primary key,             -- what is tried, and from which address or by whom
    full_at  bigint not null               -- microseconds since 1970: both databases reckon with it in one way
);
create index rate_limits_full on rate_limits (full_at);

-- Who acts for somebody who is away.
create table stand_ins (
    person_id   text primary key references people (id),
    stand_in_id text not null references people (id),
    from_on     text not null,
    until_on    text not null
);
create index stand_ins_stand_in on stand_ins (stand_in_id);

-- Kinds of mail that a person does not want.
create table mail_stops (
    person_id text not null references people (id),
    kind      text not null,
    at        timestamptz not null,
    primary key (person_id, kind)
);

-- Which text of the privacy notice somebody agreed to, and in which language they read it.
create table consents (
    person_id text not null references people (id),
    version   text not null,
    language  text not null,
    at        timestamptz not null,
    primary key (person_id, version)
);

alter table partnerships add column focus text not null default ''; -- keys of a fixed list, 'helpline,covid19'

-- A partnership that one side wants. It is opened when every other society has said yes.
create table proposals (
    id             text primary key,
    kind           text not null,
    name_id        text not null references texts (id),
    purpose_id     text not null references texts (id),
    focus          text not null,
    starts_on      text not null,
    ends_on        text,
    proposed_by_id text not null references people (id),
    proposed_at    timestamptz not null,
    society_id     text not null references units (id), -- that proposes
    partnership_id text references partnerships (id), -- that came of it
    closed_at      timestamptz,            -- accepted by all, declined or withdrawn
    closed_by_id   text references people (id),
    outcome        text not null default '', -- accepted, declined, withdrawn
    reason_id      text references texts (id), -- why it was declined, if that was said
    version        integer not null default 1
);
create index proposals_open on proposals (proposed_at, id) where closed_at is null;

create table proposal_units (
    proposal_id text not null references proposals (id),
    unit_id     text not null references units (id),
    position    integer not null,
    primary key (proposal_id, unit_id)
);
create index proposal_units_unit on proposal_units (unit_id);

create table proposal_answers (
    proposal_id text not null references proposals (id),
    society_id  text not null references units (id),
    person_id   text not null references people (id),
    at          timestamptz not null,
    primary key (proposal_id, society_id)
);

-- Days that are other than the calendar's rules say: a working day moved, a holiday added, one that was not kept.
create table special_days (
    id            text primary key,
    country       text not null,           -- ISO 3166-1 alpha-2
    day_on        text not null,
    kind          text not null,           -- holiday, working
    name_id       text not null references texts (id),
    created_by_id text references people (id), -- null: the program itself
    created_at    timestamptz not null,
    unique (country, day_on)
);

-- Accounts at providers that somebody has left with or taken from their own: they do not come in by themselves again.
create table departed (
    digest text primary key,               -- of issuer and subject, keyed with the secret of this installation
    at     timestamptz not null
);

-- The chain of the audit log. An entry is written with its change and chained right after, in the order in which it is found.
alter table audit add column position integer;
alter table audit add column hash text;    -- over the entry and the hash before it, keyed with the secret of this installation
create unique index audit_position on audit (position);
create index audit_loose on audit (id) where position is null;

-- What the oldest entries were replaced by when their time was over.
create table audit_checkpoints (
    position   integer primary key,        -- of the last entry that is gone
    hash       text not null,              -- of that entry
    entries    integer not null,           -- how many are gone in all
    until_at   timestamptz not null,       -- of the last entry that is gone
    created_at timestamptz not null,
    signature  text not null
);

-- The newest link of the chain, so that entries cut off its end are missed. One row.
create table audit_head (
    one       integer primary key check (one = 1),
    position  integer not null,
    hash      text not null,
    at        timestamptz not null,
    signature text not null
);

-- +goose Down
