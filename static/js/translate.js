// Translation: Ctrl+Enter (⌘+Enter) saves and goes on; agreed words are put in by a click. The page tells of both, and works
// without either.
import { withTerm } from "./insert.js";

const form = document.querySelector("form[data-translation]");
if (form) {
	form.querySelectorAll("li:not(.term-used) > [data-insert]").forEach(offer);
	form.addEventListener("keydown", (event) => {
		if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
		event.preventDefault();
		event.target.closest(".pair")?.querySelector("button[name=next]")?.click();
	});
}

// offer makes a button of a term that is read without script.
function offer(term) {
	const area = document.getElementById(term.dataset.insert);
	if (!area) return;
	const button = document.createElement("button");
	button.type = "button";
	button.className = "term";
	button.lang = term.lang;
	button.textContent = term.textContent;
	button.title = term.dataset.label;
	button.addEventListener("click", () => {
		const never = area.selectionEnd === 0; // a field nobody has been in: what is added stands at its end
		const { text, at } = withTerm(area.value, never ? area.value.length : area.selectionStart, never ? area.value.length : area.selectionEnd, term.textContent);
		area.value = text;
		area.focus();
		area.setSelectionRange(at, at);
		area.dispatchEvent(new Event("input", { bubbles: true }));
	});
	term.replaceWith(button);
}
