-- +goose Up
-- The demo's mailbox and clock. `serve` never writes here.
create table demo_mails (
    id       text primary key,
    receiver text not null,
    subject  text not null,
    message  text not null,                -- the whole message as it would have gone over the wire
    sent_at  timestamptz not null
);
create index demo_mails_receiver on demo_mails (receiver, id);

create table demo_clock (
    one     integer primary key,
    ahead   integer not null,              -- seconds that demo time runs ahead of its start plus what has passed
    seen_at timestamptz not null           -- never goes back before this
);

-- +goose Down
