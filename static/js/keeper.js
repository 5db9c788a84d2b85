// Keeper looks after the text of one text area so that nothing of it is lost: it saves two seconds after the last key, keeps
// a copy in this browser until the server has acknowledged that very text, and tries again for as long as it takes.
// It knows no page and no network; both are handed in, which is what its tests do.

export const pause = 2_000; // after the last key, in milliseconds
export const longest = 15_000; // from the first unsaved key, for those who never pause
const delays = [2_000, 4_000, 8_000, 16_000, 32_000, 60_000];

export class Keeper {
	// page: read() and write(text), the text area; tell(state, detail), what the person is told.
	// send(message, last): a promise of what became of it; last: the page is going away.
	// copy: get(), put(value), remove(): the copy in this browser.
	constructor({ page, send, copy, timers = globalThis }) {
		Object.assign(this, { page, send, copy, timers });
		this.base = { version: 0, began: null }; // what the text was begun from
		this.sent = null; // sent, and not acknowledged: the server may have it or not
		this.busy = false;
		this.dirty = false;
		this.halted = false; // a person has to do something first: choose, sign in, shorten
		this.failures = 0; // one after the other
		this.trouble = false; // there were any since all was saved
		this.first = null; // since when there has been something unsaved
	}

	// open begins with what the server has. A copy that was left here and is not there yet is taken up again, from where it
	// was begun, so that what others wrote since is put together with it and never overwritten.
	open(text, version) {
		const left = this.copy.get();
		this.base = { version, began: null };
		if (left && !same(left.body, text)) {
			this.sent = left.sent;
			if (left.sent !== null && same(left.sent, text)) this.sent = null;
			else this.base = left.base;
			this.page.write(left.body);
			this.page.tell("restored");
			this.dirty = true;
			return this.save();
		}
		if (left) this.copy.remove();
		if (!same(this.page.read(), text)) this.changed();
	}

	// resume begins with a page that came back with what was typed in it: the server does not have that yet.
	resume(version) {
		const left = this.copy.get();
		this.base = { version, began: null };
		if (left && same(left.body, this.page.read())) Object.assign(this, { base: left.base, sent: left.sent });
		this.changed();
	}

	changed() {
		this.dirty = true;
		this.keep();
		if (this.halted === "refused") this.halted = false; // it may be short enough now
		if (this.halted || this.failures > 0) return;
		this.page.tell("changed");
		const now = Date.now();
		this.first ??= now;
		this.wait(Math.min(pause, Math.max(0, this.first + longest - now)));
	}

	keep() {
		const kept = this.copy.put({ body: this.page.read(), base: this.base, sent: this.sent });
		this.unkept = !kept;
	}

	wait(ms) {
		this.timers.clearTimeout(this.timer);
		this.timer = this.timers.setTimeout(() => this.save(), ms);
	}

	// save sends what is unsaved. What was sent before without an answer goes first and unchanged: if the server has it
	// already, that is no change to it, and no quarrel with oneself.
	async save() {
		this.timers.clearTimeout(this.timer);
		if (this.busy || this.halted || !this.dirty) return;
		const body = this.sent ?? this.page.read();
		this.busy = true;
		this.sent = body;
		this.first = null;
		this.keep();
		this.page.tell("saving");
		const answer = await this.send({ body, ...this.base }, false);
		this.busy = false;
		this.answered(body, answer);
	}

	answered(body, answer) {
		if (answer.failed) {
			this.trouble = true;
			this.page.tell("failed");
			this.wait(delays[Math.min(this.failures++, delays.length - 1)]);
			return;
		}
		this.failures = 0;
		if (answer.signedOut) return this.halt("signedOut");
		if (answer.refused) return this.halt("refused", answer.refused);
		this.sent = null;
		const more = this.page.read() !== body;
		if (answer.clash) return more ? this.wait(pause) : this.halt("clash", answer.clash);
		this.base = { version: answer.version, began: answer.merged && more ? body : null };
		if (more) {
			this.keep();
			this.page.tell("changed", answer);
			return this.wait(pause);
		}
		if (answer.merged) this.page.write(answer.text);
		this.dirty = false;
		this.copy.remove();
		this.page.tell(answer.merged ? "merged" : this.trouble ? "recovered" : "saved", answer);
		this.trouble = false;
	}

	halt(why, detail) {
		if (why !== "signedOut") this.sent = null;
		this.halted = why;
		this.keep();
		this.page.tell(why, detail);
	}

	// again: something has changed for the better, such as the line or the session.
	again() {
		if (this.halted === "signedOut") this.halted = false;
		return this.save();
	}

	// choose ends a clash with what the person made of both texts.
	choose(body, version) {
		this.base = { version, began: null };
		this.halted = false;
		this.dirty = true;
		this.page.write(body);
		return this.save();
	}

	// leave hands the browser what is unsaved before the page goes: also what is on its way, for that would be broken off.
	// The copy stays, for nobody will be there to hear the answer.
	leave() {
		if (!this.dirty || this.halted) return;
		this.keep();
		this.send({ body: this.page.read(), ...this.base, sent: this.sent }, true);
	}

	// settled waits until all is saved, or cannot be for now: true, or what stands in the way.
	async settled() {
		while (this.busy) await new Promise(done => this.timers.setTimeout(done, 20));
		await this.save();
		if (this.dirty && !this.halted && this.failures === 0) return this.settled();
		return !this.dirty;
	}
}

// same compares texts as the server reads them: it makes spaces and the signs of list items even.
export function same(a, b) {
	return even(a) === even(b);
}

function even(text) {
	return text.normalize().split("\n").map(line => line.trim().replace(/^[-–—•*] +/, "– ")).join("\n").replace(/\n{3,}/g, "\n\n").trim();
}

// moved finds where a place in a text is after others have changed the text around it: in the same line, if that is there.
export function moved(before, after, at) {
	if (at === 0) return 0;
	const start = before.lastIndexOf("\n", at - 1) + 1;
	const end = before.indexOf("\n", at) < 0 ? before.length : before.indexOf("\n", at);
	const line = before.slice(start, end);
	let best = -1;
	for (let i = 0; line !== "" && (i = after.indexOf(line, i)) >= 0; i++) {
		if (best < 0 || Math.abs(i - start) < Math.abs(best - start)) best = i;
	}
	if (best >= 0) return best + at - start;
	return Math.min(at, after.length);
}
