// Forms: nothing typed is left by mistake, nothing is sent twice on a slow line, and a long text shows how long it is.

const changed = new Set();
const sent = new WeakSet();

// A form that saves by itself says so with data-autosave and warns for itself.
const guarded = (form) => form?.matches('main form[method="post"]:not([data-autosave])');

// A form that came back wrong, or in another language, holds what has not been saved.
const switched = sessionStorage.getItem("switched");
sessionStorage.removeItem("switched");
for (const form of document.forms) {
	if (guarded(form) && (form.querySelector(".field-wrong") || (switched && form.getAttribute("id") === switched))) changed.add(form);
}

document.addEventListener("input", ({ target }) => {
	if (guarded(target.form)) changed.add(target.form);
	count(target);
});

document.addEventListener("submit", (event) => {
	const form = event.target;
	if (event.defaultPrevented || form.getAttribute("method") !== "post") return;
	if (sent.has(form)) {
		event.preventDefault();
		return;
	}
	if (event.submitter?.name === "switch-language") sessionStorage.setItem("switched", form.getAttribute("id"));
	sent.add(form);
	changed.delete(form);
	form.setAttribute("aria-busy", "true");
	setTimeout(release, 10_000, form); // the line may be lost, or loading stopped by hand
});

function release(form) {
	sent.delete(form);
	form.removeAttribute("aria-busy");
}

// A page that comes back from the browser's memory can be sent again.
addEventListener("pageshow", ({ persisted }) => {
	if (persisted) [...document.forms].forEach(release);
});

addEventListener("beforeunload", (event) => {
	if (changed.size > 0) event.preventDefault();
});

// count shows how much of its limit a text has used, once that is most of it. It never cuts: the server explains.
function count(control) {
	const limit = Number(control.dataset?.limit);
	if (!limit) return;
	const length = [...control.value].length;
	let line = control.nextElementSibling;
	if (!line?.matches(".count")) {
		line = document.createElement("p");
		line.className = "count";
		control.after(line);
	}
	line.hidden = length < limit * 0.8;
	line.classList.toggle("count-over", length > limit);
	line.textContent = `${length} / ${limit}`;
}
