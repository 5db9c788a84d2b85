-- +goose Up
-- Whose a text is, is found by the text: from what there is much of. (Societies, partnerships and lessons are few.)
create index conferences_title on conferences (title_id);
create index conferences_purpose on conferences (purpose_id);
create index conferences_question on conferences (poll_question_id) where poll_question_id is not null;
create index agenda_items_topic on agenda_items (topic_id);
create index agenda_items_notes on agenda_items (notes_id);
create index decisions_text on decisions (text_id);
create index actions_title on actions (title_id);
create index action_notes_text on action_notes (text_id);
create index minutes_agreements_reservation on minutes_agreements (reservation_id) where reservation_id is not null;
create index people_name on people (name_id);

-- What a paragraph was before: 'paragraph<5,item<9,' is a paragraph until version 5 of its text, an item until 9, then `kind`.
alter table text_paragraphs add column kinds text not null default '';

-- +goose Down
