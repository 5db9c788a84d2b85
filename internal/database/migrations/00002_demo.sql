-- +goose Up
-- The demo's mailbox. `serve` never writes here.
create table demo_mails (
    id       text primary key,
    receiver text not null,
    subject  text not null,
    language text not null,                -- of the receiver
    message  text not null,                -- the whole message as it would have gone over the wire
    sent_at  timestamptz not null
);
create index demo_mails_receiver on demo_mails (receiver, id);

-- +goose Down
