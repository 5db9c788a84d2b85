// node --test static/js/
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Keeper, longest, moved, pause, same } from "./keeper.js";

mock.timers.enable({ apis: ["setTimeout", "Date"] });

// desk is one text area, one browser"s copy, and a server that answers as it is told: with a function of the message.
function desk({ text = "", copy = null, answers = [], shown = text } = {}) {
	const it = { area: shown, told: [], sent: [], last: [], copy, answers };
	it.keeper = new Keeper({
		page: { read: () => it.area, write: text => { it.area = text; }, tell: (state, detail) => it.told.push(detail?.sentence ?? state) },
		send: async (message, last) => {
			(last ? it.last : it.sent).push(message);
			const answer = it.answers.length > 1 ? it.answers.shift() : it.answers[0];
			return typeof answer === "function" ? answer(message) : answer;
		},
		copy: {
			get: () => it.copy,
			put: value => { it.copy = structuredClone(value); return true; },
			remove: () => { it.copy = null; },
		},
	});
	it.type = text => { it.area = text; it.keeper.changed(); };
	it.open = async version => { it.keeper.open(text, version); await idle(); };
	it.after = async ms => { mock.timers.tick(ms); await idle(); };
	return it;
}

async function idle() { for (let i = 0; i < 10; i++) await Promise.resolve(); }
const saved = version => ({ version, merged: false });

test("saves two seconds after the last key, and the copy goes once the server has it", async () => {
	const d = desk({ answers: [saved(2)] });
	await d.open(1);
	d.type("a");
	await d.after(pause - 1);
	d.type("ab");
	assert.equal(d.copy.body, "ab");
	await d.after(pause - 1);
	assert.equal(d.sent.length, 0);
	await d.after(1);
	assert.deepEqual(d.sent, [{ body: "ab", version: 1, began: null }]);
	assert.equal(d.copy, null);
	assert.equal(d.told.at(-1), "saved");
});

test("saves at the latest after a while for those who never pause", async () => {
	const d = desk({ answers: [saved(2)] });
	await d.open(1);
	for (let ms = 0; ms < longest; ms += 1000) {
		d.type("a" + ms);
		await d.after(1000);
	}
	assert.equal(d.sent.length, 1);
});

test("keeps the copy of what was typed while a save was on its way", async () => {
	let answer;
	const d = desk({ answers: [() => new Promise(done => { answer = done; }), saved(3)] });
	await d.open(1);
	d.type("a");
	await d.after(pause);
	d.type("ab");
	answer(saved(2));
	await idle();
	assert.equal(d.copy.body, "ab");
	assert.equal(d.copy.base.version, 2);
	await d.after(pause);
	assert.deepEqual(d.sent[1], { body: "ab", version: 2, began: null });
	assert.equal(d.copy, null);
});

test("tries again for as long as it takes, each time waiting longer, and says so", async () => {
	const d = desk({ answers: [{ failed: true }] });
	await d.open(1);
	d.type("a");
	await d.after(pause);
	for (const [i, ms] of [2000, 4000, 8000, 16000, 32000, 60000, 60000].entries()) {
		assert.equal(d.told.at(-1), "failed");
		await d.after(ms - 1);
		assert.equal(d.sent.length, i + 1);
		await d.after(1);
		assert.equal(d.sent.length, i + 2);
	}
	d.answers = [saved(2)];
	await d.keeper.again();
	assert.equal(d.told.at(-1), "recovered");
	assert.equal(d.copy, null);
});

test("sends again unchanged what may have come through, before what was typed since", async () => {
	const d = desk({ answers: [{ failed: true }, saved(2), saved(3)] });
	await d.open(1);
	d.type("a");
	await d.after(pause);
	d.type("ab");
	await d.after(2000);
	await d.after(pause);
	assert.deepEqual(d.sent.map(m => [m.body, m.version]), [["a", 1], ["a", 1], ["ab", 2]]);
	assert.equal(d.told.at(-1), "recovered");
});

test("takes in what others wrote, where nothing was typed meanwhile", async () => {
	const d = desk({ text: "one", answers: [{ version: 3, merged: true, text: "one\n\ntwo" }] });
	await d.open(1);
	d.type("one!");
	await d.after(pause);
	assert.equal(d.area, "one\n\ntwo");
	assert.equal(d.copy, null);
	assert.equal(d.told.at(-1), "merged");
});

test("goes on from its own text where more was typed while others’ came", async () => {
	let answer;
	const d = desk({ answers: [() => new Promise(done => { answer = done; }), saved(4)] });
	await d.open(1);
	d.type("mine");
	await d.after(pause);
	d.type("mine and more");
	answer({ version: 3, merged: true, text: "theirs\n\nmine" });
	await idle();
	assert.equal(d.area, "mine and more");
	await d.after(pause);
	assert.deepEqual(d.sent[1], { body: "mine and more", version: 3, began: "mine" });
});

test("a clash stops saving until somebody has chosen", async () => {
	const d = desk({ answers: [{ clash: { version: 5 } }, saved(6)] });
	await d.open(1);
	d.type("mine");
	await d.after(pause);
	assert.equal(d.told.at(-1), "clash");
	assert.equal(d.copy.body, "mine");
	await d.after(60_000);
	assert.equal(d.sent.length, 1);
	await d.keeper.choose("mine\n\ntheirs", 5);
	assert.deepEqual(d.sent[1], { body: "mine\n\ntheirs", version: 5, began: null });
	assert.equal(d.area, "mine\n\ntheirs");
	assert.equal(d.copy, null);
});

test("asks about a clash only once the typing has paused", async () => {
	let answer;
	const d = desk({ answers: [() => new Promise(done => { answer = done; }), { clash: { version: 5 } }] });
	await d.open(1);
	d.type("mine");
	await d.after(pause);
	d.type("mine, longer");
	answer({ clash: { version: 5 } });
	await idle();
	assert.ok(!d.told.includes("clash"));
	await d.after(pause);
	assert.equal(d.sent[1].body, "mine, longer");
	assert.equal(d.told.at(-1), "clash");
});

test("a session that ended keeps the text and goes on after the next sign-in", async () => {
	const d = desk({ answers: [{ signedOut: true }, saved(2), saved(3)] });
	await d.open(1);
	d.type("a");
	await d.after(pause);
	assert.equal(d.told.at(-1), "signedOut");
	d.type("ab");
	assert.equal(d.copy.body, "ab");
	await d.after(60_000);
	assert.equal(d.sent.length, 1);
	await d.keeper.again();
	await d.after(pause);
	assert.deepEqual(d.sent.map(m => m.body), ["a", "a", "ab"]);
	assert.equal(d.copy, null);
});

test("what is refused is kept, and sent again once it has been changed", async () => {
	const d = desk({ answers: [{ refused: { sentence: "too long" } }, saved(2)] });
	await d.open(1);
	d.type("long");
	await d.after(pause);
	assert.equal(d.told.at(-1), "too long");
	assert.equal(d.copy.body, "long");
	d.type("short");
	await d.after(pause);
	assert.equal(d.sent[1].body, "short");
	assert.equal(d.copy, null);
});

test("a page that goes away hands over what is unsaved, also what is on its way", async () => {
	const d = desk({ answers: [() => new Promise(() => {})] });
	await d.open(1);
	d.type("a");
	d.keeper.leave();
	assert.deepEqual(d.last, [{ body: "a", version: 1, began: null, sent: null }]);
	await d.after(pause);
	d.type("ab");
	d.keeper.leave();
	assert.deepEqual(d.last[1], { body: "ab", version: 1, began: null, sent: "a" });
	assert.equal(d.copy.body, "ab");
});

test("a page without anything unsaved just goes", async () => {
	const d = desk({ text: "a", answers: [saved(2)] });
	await d.open(1);
	d.keeper.leave();
	assert.deepEqual(d.last, []);
});

test("a copy that was left is taken up from where it was begun", async () => {
	const d = desk({ text: "theirs", copy: { body: "mine", base: { version: 1, began: null }, sent: null }, answers: [{ clash: { version: 2 } }] });
	await d.open(2);
	assert.equal(d.told[0], "restored");
	assert.deepEqual(d.sent, [{ body: "mine", version: 1, began: null }]);
	assert.equal(d.area, "mine");
	assert.equal(d.told.at(-1), "clash");
	assert.equal(d.copy.body, "mine");
});

test("a copy goes on from what had come through although nobody said so", async () => {
	const d = desk({ text: "a", copy: { body: "ab", base: { version: 1, began: null }, sent: "a" }, answers: [saved(3)] });
	await d.open(2);
	assert.deepEqual(d.sent, [{ body: "ab", version: 2, began: null }]);
	assert.equal(d.copy, null);
});

test("a copy that the server has is dropped without a word", async () => {
	const d = desk({ text: "– a", copy: { body: "- a  ", base: { version: 1, began: null }, sent: null } });
	await d.open(2);
	assert.deepEqual([d.told, d.sent, d.copy], [[], [], null]);
});

test("what the browser put back into the page by itself is saved too", async () => {
	const d = desk({ text: "a", shown: "ab", answers: [saved(2)] });
	await d.open(1);
	await d.after(pause);
	assert.equal(d.sent[0].body, "ab");
});

test("before a form is sent all is saved, or it is said that it cannot be", async () => {
	const d = desk({ answers: [saved(2)] });
	await d.open(1);
	d.type("a");
	assert.equal(await d.keeper.settled(), true);
	d.answers = [{ failed: true }];
	d.type("ab");
	assert.equal(await d.keeper.settled(), false);
});

test("texts are the same whatever the spaces and the signs of lists", () => {
	assert.ok(same("- a\n* b  \n\n\n\nc", "– a\n• b\n\nc"));
	assert.ok(!same("a\nb", "a\n\nb"));
});

test("the caret stays in its line when lines come before it, and near its place when its line is gone", () => {
	assert.equal(moved("one\n\ntwo", "zero\n\none\n\ntwo", 6), 12);
	assert.equal(moved("one", "two", 3), 3);
	assert.equal(moved("a long line", "b", 8), 1);
});
