-- What the pages are measured over, for both databases. `@8000[i]` stands for the i-th identifier of a kind (seed.go). 200
-- partnerships of three units each; the reader belongs to a regional organisation that takes part in six of them. The first
-- items are the reader's own at every size, so that a page shows as much of a small database as of a large one. One partnership has
-- planned 1,600 of the 2,000 conferences, for whoever looks for a time among them.

insert into numbers with recursive n(i) as (select cast(1 as bigint) union all select i + 1 from n where i < 2000 or i < $1) select i from n;

create temporary table items (i bigint primary key, p bigint, closed integer, due bigint);
insert into items select i, case when i <= 100 then i % 6 else i % 200 end, case when i % 5 < 2 then 1 else 0 end,
	case when i % 5 < 2 then i * 7919 % 730 else 670 + i * 7919 % 700 end from numbers where i <= $1;

create temporary table meetings (i bigint primary key, p bigint, coming integer, starts bigint);
insert into meetings select i, case when i <= 60 then i % 6 when i > 400 and i <= 2000 then 1 else i % 200 end, case when i % 3 = 1 then 1 else 0 end,
	case when i % 3 = 1 then 735 + i % 600 else i * 31 % 720 end
	from numbers where i <= 2000 or i <= (select max(i) from numbers) / 100;

create temporary table learned (i bigint primary key, p bigint);
insert into learned select i, case when i <= 60 then i % 6 else i % 200 end
	from numbers where i <= 400 or i <= (select max(i) from numbers) / 200;

-- Texts: identifier, what it says (words), a number behind it, how many paragraphs, the language it was written in.

create temporary table wanted (id text, k bigint, n bigint, paragraphs bigint, origin text);
insert into wanted select @9011[i - 1], 10, i, 1, 'ru' from numbers where i <= 34;
insert into wanted select @9012[i - 1], 11, i, 1, 'ru' from numbers where i <= 200;
insert into wanted select @9013[i - 1], 12, i, 1, 'da' from numbers where i <= 200;
insert into wanted select @9014[i - 1], 13 + i, i, 1, 'ru' from numbers where i <= 2;
insert into wanted select @9000[i - 1], i % 5, i, 1, 'ru' from numbers where i <= 200;
insert into wanted select @9001[i - 1], (i + 1) % 5, i, 1, 'ru' from numbers where i <= 200;
insert into wanted select @9021[i - 1], 13, i, 1, 'ru' from numbers where i <= 102;
insert into wanted select @9022[i - 1], 13, i, 1, 'ru' from numbers where i <= 400;
insert into wanted select @9023[i - 1], 13, i, 1, 'da' from numbers where i <= 600;
insert into wanted select @9031[i], i % 5, i, 1, case when i % 4 = 0 then 'da' else 'ru' end from items;
insert into wanted select @9050[i], i % 5, i, 1, 'ru' from meetings;
insert into wanted select @9051[i], (i + 2) % 5, i, 2, 'ru' from meetings;
insert into wanted select @9060[m.i * 10 + n.i], (m.i + n.i) % 5, n.i, 1, 'ru' from meetings m cross join numbers n where m.i <= 400 and n.i <= 6;
insert into wanted select @9070[m.i * 10 + n.i], (m.i + n.i) % 5, n.i, (1 - m.coming) * 2, 'ru' from meetings m cross join numbers n where m.i <= 400 and n.i <= 6;
insert into wanted select @9080[i], i % 5, i, 1, 'ru' from meetings where coming = 0 and i <= 400;
insert into wanted select @9090[l.i * 10 + n.i], (l.i + n.i) % 5, n.i, case n.i when 1 then 1 else 3 end, 'ru'
	from learned l cross join numbers n where n.i <= 8;
insert into wanted select @9091[l.i * 10 + n.i], (l.i + n.i) % 5, n.i, 1, 'ru' from learned l cross join numbers n where n.i <= 4;

insert into texts (id, version, created_at) select w.id, 1, d.at from wanted w cross join days d where d.d = 0;
insert into text_paragraphs (id, text_id, position, kind, meaning, origin, added)
	select 'p' || n.i || substr(w.id, 3), w.id, n.i, 'paragraph', 1, w.origin, 1
	from wanted w join numbers n on n.i <= w.paragraphs and n.i <= 3;
insert into text_revisions (paragraph_id, language, revision, meaning, body, version, how, from_language, from_revision, person_id, at, current)
	select 'p' || n.i || substr(w.id, 3), s.language, 1, 1, s.body || ' ' || w.n, 1,
		case when s.language = w.origin then 'written' when n.i % 2 = 1 then 'checked' else 'translated' end,
		case when s.language = w.origin then '' else w.origin end, case when s.language = w.origin then 0 else 1 end, @8021[0], d.at, true
	from wanted w join numbers n on n.i <= w.paragraphs and n.i <= 3 join words s on s.k = w.k cross join days d
	where d.d = 0 and (s.language <> 'be' or w.n % 2 = 0);

create temporary table covered (id text primary key, said text);
insert into covered select c.text_id, string_agg(c.language || ' ' || c.there || ' 0 ' || c.origin || ' 0 ' || c.work, ',')
	from (select p.text_id, r.language, count(*) as there, sum(case when p.origin = r.language then 1 else 0 end) as origin,
		sum(case when r.how = 'translated' and p.origin <> r.language then 1 else 0 end) as work
		from text_paragraphs p join text_revisions r on r.paragraph_id = p.id group by p.text_id, r.language) c group by c.text_id;
update texts set coverage = (select said from covered where covered.id = texts.id) where id in (select id from covered);

-- Two societies, 34 regional organisations, a town and a branch of the other side for every partnership.

insert into units (id, society_id, parent_id, level, country, zone, languages, name_id, short_name_id, place_id)
	select @8014[i - 1], @8014[i - 1], null, 'national', case i when 1 then 'BY' else 'DK' end,
		case i when 1 then 'Europe/Minsk' else 'Europe/Copenhagen' end, case i when 1 then 'ru,be' else 'da,en' end,
		@9014[i - 1], @9014[i - 1], @9014[i - 1] from numbers where i <= 2;
insert into units (id, society_id, parent_id, level, country, zone, languages, name_id, short_name_id, place_id)
	select @8011[i - 1], @8014[0], @8014[0], 'regional', 'BY', 'Europe/Minsk', 'ru,be', @9011[i - 1], @9011[i - 1], @9011[i - 1] from numbers where i <= 34;
insert into units (id, society_id, parent_id, level, country, zone, languages, name_id, short_name_id, place_id)
	select @8012[i - 1], @8014[0], @8011[(i - 1) / 6], 'city', 'BY', 'Europe/Minsk', 'ru,be', @9012[i - 1], @9012[i - 1], @9012[i - 1] from numbers where i <= 200;
insert into units (id, society_id, parent_id, level, country, zone, languages, name_id, short_name_id, place_id)
	select @8013[i - 1], @8014[1], @8014[1], 'branch', 'DK', 'Europe/Copenhagen', 'da,en', @9013[i - 1], @9013[i - 1], @9013[i - 1] from numbers where i <= 200;
insert into unit_ancestors (unit_id, ancestor_id, depth) select id, id, 0 from units;
insert into unit_ancestors (unit_id, ancestor_id, depth) select id, parent_id, 1 from units where parent_id is not null;
insert into unit_ancestors (unit_id, ancestor_id, depth)
	select u.id, v.parent_id, 2 from units u join units v on v.id = u.parent_id where v.parent_id is not null;

insert into people (id, name_id, email, language, reads, writes, zone, joined_at)
	select @8021[i - 1], @9021[i - 1], 'r' || i || '@tandem.example', 'ru', 'ru,be,en', 'ru', 'Europe/Minsk', d.at from numbers, days d where i <= 102 and d = 0;
insert into people (id, name_id, email, language, reads, writes, zone, joined_at)
	select @8022[i - 1], @9022[i - 1], 't' || i || '@tandem.example', 'be', 'be,ru', 'be', 'Europe/Minsk', d.at from numbers, days d where i <= 400 and d = 0;
insert into people (id, name_id, email, language, reads, writes, zone, joined_at)
	select @8023[i - 1], @9023[i - 1], 'b' || i || '@tandem.example', 'da', 'da,en', 'da', 'Europe/Copenhagen', d.at from numbers, days d where i <= 600 and d = 0;
insert into memberships (id, person_id, unit_id, role, since_at)
	select @8025[i], @8021[i - 1], @8011[(i - 1) / 3], 'coordinator', d.at from numbers, days d where i <= 102 and d = 0;
insert into memberships (id, person_id, unit_id, role, since_at)
	select @8026[i], @8022[i - 1], @8012[(i - 1) / 2], 'staff', d.at from numbers, days d where i <= 400 and d = 0;
insert into memberships (id, person_id, unit_id, role, since_at)
	select @8027[i], @8023[i - 1], @8013[(i - 1) / 3], 'coordinator', d.at from numbers, days d where i <= 600 and d = 0;

insert into partnerships (id, name_id, purpose_id, kind, starts_on)
	select @8000[i - 1], @9000[i - 1], @9001[i - 1], 'partnership', d.day from numbers, days d where i <= 200 and d = 0;
insert into partnership_units (partnership_id, unit_id, position) select @8000[i - 1], @8011[(i - 1) / 6], 0 from numbers where i <= 200;
insert into partnership_units (partnership_id, unit_id, position) select @8000[i - 1], @8013[i - 1], 1 from numbers where i <= 200;
insert into partnership_units (partnership_id, unit_id, position) select @8000[i - 1], @8012[i - 1], 2 from numbers where i <= 200;

-- Conferences with six topics and eight people each.

insert into conferences (id, partnership_id, title_id, purpose_id, state, starts_local, zone, starts_at, over_at, minutes, room_url, room_kind,
		languages, interpretation, moderator_id, minute_taker_id, agreed_at, created_by_id, created_at, changed_at)
	select @8050[i], @8000[p], @9050[i], @9051[i], 'scheduled', d.day || 'T12:00', 'Europe/Minsk', d.at, d.later, 90, 'https://meet.example/' || i, 'link',
		'ru,da', 'ru-da,da-ru', @8021[p / 6 * 3], @8023[p * 3],
		case when coming = 0 and i % 4 > 0 then d.later end, @8021[p / 6 * 3], d.at, d.at from meetings join days d on d.d = starts;
insert into conference_hosts (conference_id, unit_id, position) select @8050[i], @8011[p / 6], 0 from meetings;
insert into conference_hosts (conference_id, unit_id, position) select @8050[i], @8013[p], 1 from meetings;
insert into participants (conference_id, person_id, unit_id, rsvp)
	select @8050[m.i], @8021[m.p / 6 * 3 + n.i - 1], @8011[m.p / 6], case (m.i + n.i) % 4 when 0 then 'NEEDS-ACTION' else 'ACCEPTED' end
	from meetings m cross join numbers n where n.i <= 3;
insert into participants (conference_id, person_id, unit_id, rsvp)
	select @8050[m.i], @8023[m.p * 3 + n.i - 1], @8013[m.p], case (m.i + n.i) % 4 when 0 then 'TENTATIVE' else 'ACCEPTED' end
	from meetings m cross join numbers n where n.i <= 3;
insert into participants (conference_id, person_id, unit_id, rsvp)
	select @8050[m.i], @8022[m.p * 2 + n.i - 1], @8012[m.p], case (m.i + n.i) % 4 when 0 then 'DECLINED' else 'ACCEPTED' end
	from meetings m cross join numbers n where n.i <= 2;
insert into agenda_items (id, conference_id, position, topic_id, notes_id, kind, minutes, presenter_id)
	select @8060[m.i * 10 + n.i], @8050[m.i], n.i, @9060[m.i * 10 + n.i], @9070[m.i * 10 + n.i], 'discussion', 15, @8023[m.p * 3]
	from meetings m cross join numbers n where m.i <= 400 and n.i <= 6;
insert into decisions (id, partnership_id, conference_id, year, number, text_id, state, decided_on, created_by_id, created_at)
	select @8080[i], @8000[p], @8050[i], cast(substr(d.day, 1, 4) as integer), i, @9080[i], 'in force', d.day, @8021[p / 6 * 3], d.at
	from meetings join days d on d.d = starts where coming = 0 and i <= 400;

-- Action items: a part of the regional organisation, one of the other side, and of every second one of the town.

insert into actions (id, partnership_id, conference_id, title_id, due_on, priority, ball_unit_id, closed_at, created_by_id, created_at, changed_at)
	select @8031[i], @8000[p], null, @9031[i], d.day, case i % 7 when 0 then 'high' else 'normal' end, case closed when 0 then @8013[p] end,
		case closed when 1 then d.at end, @8021[p / 6 * 3], d.at, d.at from items join days d on d.d = due;
insert into action_parts (id, action_id, unit_id, person_id, state, position, ended_at, due_on, partnership_id)
	select @8040[a.i * 10 + n.i], @8031[a.i], case n.i when 1 then @8011[a.p / 6] when 2 then @8013[a.p] else @8012[a.p] end,
		case n.i when 1 then @8021[a.p / 6 * 3 + a.i % 3] when 2 then @8023[a.p * 3 + a.i % 3] end,
		case when closed = 1 then case a.i % 11 when 0 then 'dropped' else 'done' end when n.i = 2 and a.i % 4 = 0 then 'done'
			when (a.i + n.i) % 3 = 0 then 'inProgress' when a.i % 13 = 0 then 'blocked' else 'open' end,
		n.i - 1, case when closed = 1 or n.i = 2 and a.i % 4 = 0 then d.at end, d.day, @8000[a.p]
	from items a join days d on d.d = a.due cross join numbers n where n.i <= 2 or n.i = 3 and a.i % 2 = 0;

-- Lessons with eight sections and two figures.

insert into lessons (id, partnership_id, unit_id, society_id, state, title_id, summary_id, context_id, went_well_id, challenges_id, key_lessons_id,
		recommendations_id, applicability_id, topics, shared_at, published_at, created_by_id, created_at, changed_at)
	select @8090[i], @8000[p], @8011[p / 6], @8014[0], case i % 3 when 0 then 'draft' when 1 then 'shared' else 'published' end,
		@9090[i * 10 + 1], @9090[i * 10 + 2], @9090[i * 10 + 3], @9090[i * 10 + 4], @9090[i * 10 + 5], @9090[i * 10 + 6], @9090[i * 10 + 7],
		@9090[i * 10 + 8], 'helpline,covid19', case when i % 3 > 0 then d.at end, case i % 3 when 2 then d.at end, @8021[p / 6 * 3], d.at, d.at
	from learned join days d on d.d = i * 31 % 720;
insert into lesson_figures (id, lesson_id, position, value, as_of, said_id, source_id)
	select @8091[l.i * 10 + n.i], @8090[l.i], n.i, l.i, '2020', @9091[l.i * 10 + n.i * 2 - 1], @9091[l.i * 10 + n.i * 2]
	from learned l cross join numbers n where n.i <= 2;
insert into lesson_versions (lesson_id, position, version, what, state, language, topics, texts, figures, person_id, at)
	select @8090[i], 1, 1, 'begun', 'draft', 'ru', 'helpline,covid19', '{}', '[]', @8021[p / 6 * 3], d.at from learned cross join days d where d.d = 0
