-- +goose Up
alter table people add column mail_refused text not null default ''; -- what their mail server said when it last refused their address; '': nothing

-- +goose Down
alter table people drop column mail_refused;
