-- +goose Up
alter table conferences add column listening text not null default ''; -- 'da https://…' in a line of its own for each language
alter table participants add column interprets text not null default ''; -- 'ru-da,da-ru'

-- +goose Down
alter table participants drop column interprets;
alter table conferences drop column listening;
