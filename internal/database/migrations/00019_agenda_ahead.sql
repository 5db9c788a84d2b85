-- +goose Up
alter table conferences add column agenda_days integer not null default 10; -- how many days ahead its agenda goes to those who can translate it; 0: not at all

-- +goose Down
alter table conferences drop column agenda_days;
