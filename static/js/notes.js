// The notes page: every text area has a Keeper. Without this script the page works by its buttons.

import { Keeper, moved } from "./keeper.js";

const form = document.querySelector("form#notes");
const keepers = form ? [...form.querySelectorAll("[data-item]")].map(attend).filter(Boolean) : [];

function attend(section) {
	const area = section.querySelector("textarea[name^='body-']");
	if (!area) return null; // the server asks for a choice here
	const version = section.querySelector("input[name^='version-']");
	const tell = teller(section);
	const keeper = new Keeper({
		page: { read: () => area.value, write: (text) => write(area, text), tell },
		send: (message, last) => send(`${form.getAttribute("action")}/${section.dataset.item}`, message, last),
		copy: copyOf(`tandem.notes:${form.dataset.writer}:${section.dataset.item}:${language()}`),
	});
	tell.saved = () => { version.value = keeper.base.version; };
	area.addEventListener("input", () => keeper.changed());
	section.addEventListener("click", (event) => {
		const button = event.target.closest("[data-choose]");
		if (button) choose(event, section, keeper);
	});
	if ("unsaved" in area.dataset) keeper.resume(Number(version.value));
	else keeper.open(area.defaultValue, Number(version.defaultValue));
	return keeper;
}

function language() {
	return form.elements.language.value;
}

// write puts a text into the area and leaves the caret where the person has it.
function write(area, text) {
	const { value, selectionStart, selectionEnd, scrollTop } = area;
	area.value = text;
	if (document.activeElement !== area) return;
	area.setSelectionRange(moved(value, text, selectionStart), moved(value, text, selectionEnd));
	area.scrollTop = scrollTop;
}

// send gives the server a text and says in one of five ways what became of it.
async function send(url, message, last) {
	try {
		const response = await fetch(url, {
			method: "POST",
			redirect: "manual",
			keepalive: last,
			signal: last ? undefined : AbortSignal.timeout(20_000),
			headers: { "Content-Type": "application/json", Accept: "application/json" },
			body: JSON.stringify({ language: language(), ...message }),
		});
		if (response.type === "opaqueredirect") return { signedOut: true };
		if (response.status >= 500 || response.status === 429) return { failed: true };
		const answer = await response.json();
		if (response.ok) return answer;
		if (response.status === 409) return { clash: answer };
		return { refused: { sentence: answer.problem } };
	} catch {
		return { failed: true }; // no line, or an answer that is not ours
	}
}

// copyOf is the copy in this browser. Where there is no room for one, put says so.
function copyOf(key) {
	return {
		get() {
			try {
				return JSON.parse(localStorage.getItem(key));
			} catch {
				return null;
			}
		},
		put(value) {
			try {
				localStorage.setItem(key, JSON.stringify(value));
				return true;
			} catch {
				return false;
			}
		},
		remove() {
			try {
				localStorage.removeItem(key);
			} catch {
				// There was none either.
			}
		},
	};
}

// teller says how a text stands, for the eye at once; for the ear only what is more than routine, and each thing once.
function teller(section) {
	const seen = section.querySelector("[data-state]");
	const heard = section.querySelector("[data-live]");
	const tell = (state, detail) => {
		const words = detail?.sentence ?? form.dataset[`say${state[0].toUpperCase()}${state.slice(1)}`];
		seen.dataset.state = state;
		seen.replaceChildren(words);
		if (!["changed", "saving"].includes(state) && heard.textContent !== words) heard.textContent = words;
		if (state === "restored") remark(section, words);
		if (state === "signedOut") seen.parentElement.append(signIn());
		else seen.parentElement.querySelector("[data-sign-in]")?.remove();
		if (state === "clash") ask(section, detail.html);
		if (detail?.version && state !== "clash") tell.saved();
		if (detail?.read !== undefined) read(section, detail.read);
	};
	return tell;
}

// remark stays until the person types on.
function remark(section, words) {
	const line = document.createElement("p");
	line.className = "notes-restored";
	line.textContent = words;
	section.querySelector("[data-field]").prepend(line);
	section.querySelector("textarea").addEventListener("input", () => line.remove(), { once: true });
}

function signIn() {
	const link = document.createElement("a");
	link.href = `/sign-in?next=${encodeURIComponent(location.pathname)}`;
	link.target = "_blank";
	link.dataset.signIn = "";
	link.textContent = form.dataset.saySignIn;
	return link;
}

// read shows what others have written meanwhile in other languages.
function read(section, html) {
	const place = section.querySelector("[data-read]");
	if (place.dataset.html === html) return;
	place.dataset.html = html;
	place.innerHTML = html; // made and escaped by our own server
}

// ask shows both texts in the place of the field until one has chosen.
function ask(section, html) {
	const field = section.querySelector("[data-field]");
	section.querySelector("[data-clash]")?.remove();
	field.insertAdjacentHTML("afterend", html);
	field.hidden = true;
	section.querySelector("[data-clash]").focus();
}

function choose(event, section, keeper) {
	event.preventDefault();
	const clash = section.querySelector("[data-clash]");
	const all = [...clash.querySelectorAll("[data-chunk]")].flatMap((chunk) => {
		const mine = chunk.querySelector("[data-mine]").value;
		const theirs = chunk.querySelector("[data-theirs]")?.value;
		const choice = chunk.querySelector("input:checked")?.value;
		if (theirs === undefined || choice === "mine") return [mine];
		return choice === "theirs" ? [theirs] : [theirs, mine];
	});
	clash.remove();
	section.querySelector("[data-field]").hidden = false;
	section.querySelector("textarea").focus();
	keeper.choose(all.filter((text) => text !== "").join("\n\n"), Number(clash.dataset.version));
}

// A button waits until everything is saved, so that the page that comes next has it. If it cannot be saved, the page stays.
form?.addEventListener("submit", async (event) => {
	const button = event.submitter;
	if (form.dataset.passed || button?.name === "switch-language") return;
	event.preventDefault();
	const saved = await Promise.all(keepers.map((keeper) => keeper.settled()));
	if (!saved.every(Boolean)) {
		const section = button?.closest("[data-item]") ?? form.querySelector("[data-item]");
		section.querySelector("[data-live]").textContent = form.dataset.sayFirst;
		form.querySelectorAll("[data-item]")[saved.indexOf(false)].scrollIntoView({ block: "nearest" });
		return;
	}
	form.dataset.passed = "yes";
	setTimeout(() => form.requestSubmit(button)); // not while this event is still under way: that would be ignored
});

addEventListener("pageshow", () => { if (form) delete form.dataset.passed; });
addEventListener("online", () => again());
addEventListener("focus", () => again());
document.addEventListener("visibilitychange", () => (document.hidden ? leave() : again()));
addEventListener("pagehide", leave);
addEventListener("beforeunload", (event) => {
	if (keepers.some((keeper) => keeper.dirty && keeper.unkept)) event.preventDefault();
});

function again() {
	for (const keeper of keepers) {
		if (keeper.failures > 0 || keeper.halted === "signedOut") keeper.again();
	}
}

function leave() {
	for (const keeper of keepers) keeper.leave();
}
