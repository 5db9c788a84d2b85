-- +goose Up
-- How far the role mailbox has been read (RFC 3501 §2.3.1.1), and how that went last.
create table mailboxes (
    name         text primary key,           -- user@host/folder
    uid_validity bigint not null,
    last_uid     bigint not null,
    read_at      timestamptz,                -- when it was last read to its end
    failure      text not null default '',   -- why it could not be, in the server's words; '': it could
    failed_at    timestamptz
);

-- Every message is taken once, also when a server numbers its messages anew.
create table mail_taken (
    key text primary key, -- SHA-256 of Message-ID and sender
    at  timestamptz not null
);

-- What came by mail to a conference for people to look at: it changed nothing, or says something beside the answer.
create table mail_replies (
    id            text primary key,
    conference_id text not null references conferences (id),
    address       text not null,              -- of the sender
    why           text not null,              -- unknown, passed-on, unproven, other-time, proposes, comment
    answer        text not null,              -- RSVP; '': none
    said          text not null,              -- plain text in the sender's language
    proposes_at   timestamptz,                -- when they would rather meet
    at            timestamptz not null
);
create index mail_replies_conference on mail_replies (conference_id, at);

-- +goose Down
drop table mail_replies;
drop table mail_taken;
drop table mailboxes;
