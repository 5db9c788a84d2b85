-- +goose Up
alter table participants add column attended boolean; -- who led it has said so; null: nobody has, the answer to the invitation counts

-- Lists are of unfinished items or of closed ones, and each has its index. SQLite would choose one of both instead, and walk
-- through all closed items to the unfinished.
drop index actions_partnership;
drop index actions_all;
drop index action_parts_person;
drop index action_parts_unit;
create index actions_partnership on actions (partnership_id);
create index actions_closed on actions (partnership_id, due_on, id) where closed_at is not null;
create index actions_all_closed on actions (due_on, id) where closed_at is not null;
create index action_parts_person_ended on action_parts (person_id, due_on, action_id) where ended_at is not null;
create index action_parts_unit_ended on action_parts (unit_id, due_on, action_id) where ended_at is not null;
