-- +goose Up
-- Where each language of a text stands, counted when it is written and not on every page: for each language that has anything,
-- 'ru 3 0 3 0 0' is three paragraphs, none out of date, three written in it first, none by machine, none in work.
alter table texts add column coverage text not null default '';
update texts set coverage = coalesce((select string_agg(c.language || ' ' || c.there || ' ' || c.late || ' ' || c.origin || ' ' || c.machine || ' ' || c.work, ',')
    from (select r.language, count(*) as there, sum(case when r.meaning < p.meaning then 1 else 0 end) as late,
        sum(case when p.origin = r.language then 1 else 0 end) as origin,
        sum(case when r.how = 'machine' and p.origin <> r.language then 1 else 0 end) as machine,
        sum(case when r.how = 'translated' and p.origin <> r.language then 1 else 0 end) as work
        from text_paragraphs p join text_revisions r on r.paragraph_id = p.id and r.current
        where p.text_id = texts.id and p.removed is null group by r.language) c), '');

-- +goose Down
