-- +goose Up
alter table people add column guest boolean not null default false;       -- known by a mail address alone: no account, no unit
alter table participants add column guest boolean not null default false; -- was asked as one; unit_id is whose guest
create index people_guests on people (email) where guest;

-- +goose Down
drop index people_guests;
alter table participants drop column guest;
alter table people drop column guest;
