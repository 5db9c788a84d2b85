-- +goose Up
alter table conferences add column dial_number text not null default '';             -- the room by telephone; '' for none
alter table conferences add column dial_pin text not null default '';                -- to dial after it
alter table conferences add column recordings_shared boolean not null default false; -- with all who may see it; else with its hosts only

-- +goose Down
alter table conferences drop column recordings_shared;
alter table conferences drop column dial_pin;
alter table conferences drop column dial_number;
