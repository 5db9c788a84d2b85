-- +goose Up
-- What a society has learned and shares. Every column `…_id` of a section is a text of its own, so that each can be read,
-- translated and compared by itself.
create table lessons (
    id                 text primary key,
    partnership_id     text not null references partnerships (id),
    conference_id      text references conferences (id), -- whose outcomes it was begun from
    unit_id            text not null references units (id), -- whose experience it is
    society_id         text not null references units (id), -- that unit's: its people see the draft and edit the source
    state              text not null,      -- draft, shared, published
    title_id           text not null references texts (id),
    summary_id         text not null references texts (id),
    context_id         text not null references texts (id),
    went_well_id       text not null references texts (id),
    challenges_id      text not null references texts (id),
    key_lessons_id     text not null references texts (id),
    recommendations_id text not null references texts (id),
    applicability_id   text not null references texts (id), -- where it can be used
    topics             text not null,      -- keys of a fixed list, 'helpline,covid19'
    shared_at          timestamptz,
    published_at       timestamptz,
    created_by_id      text not null references people (id),
    created_at         timestamptz not null,
    changed_at         timestamptz not null,
    version            integer not null default 1
);
create index lessons_partnership on lessons (partnership_id, created_at, id);
create index lessons_conference on lessons (conference_id);
create index lessons_published on lessons (published_at, id) where state = 'published';

-- A number with what it counts, its date and its source.
create table lesson_figures (
    id        text primary key,
    lesson_id text not null references lessons (id),
    position  integer not null,
    value     text not null,               -- a decimal number as '4000' or '12.5'; '' where no figures were collected
    as_of     text not null,               -- 'YYYY', 'YYYY-MM' or 'YYYY-MM-DD'
    said_id   text not null references texts (id), -- the figure as a sentence
    source_id text not null references texts (id)
);
create index lesson_figures_lesson on lesson_figures (lesson_id, position);

-- All that happened to a lesson. What it said at each of its versions is there: for every text the text's own version.
-- Sharing and publishing change nothing that is said, and so make no version.
create table lesson_versions (
    lesson_id text not null references lessons (id),
    position  integer not null,
    version   integer not null,
    what      text not null,               -- begun, edited, restored, shared, published, withdrawn
    state     text not null,               -- that it was in from then on
    language  text not null,               -- that was written in, '' where nothing was
    texts     text not null,               -- JSON: text ID → version
    topics    text not null,
    figures   text not null,               -- JSON: in their order, with the IDs of their texts
    person_id text not null references people (id),
    at        timestamptz not null,
    primary key (lesson_id, position)
);

-- A file that somebody attached; its bytes are kept by `files` under this ID.
create table files (
    id            text primary key,
    name          text not null,           -- as its owner called it, cleaned
    media_type    text not null,           -- decided by content, never by name
    size          integer not null,        -- bytes
    sha256        text not null,
    created_by_id text not null references people (id),
    created_at    timestamptz not null
);

create table lesson_files (
    lesson_id text not null references lessons (id),
    file_id   text not null unique references files (id),
    position  integer not null,
    primary key (lesson_id, file_id)
);

-- +goose Down
