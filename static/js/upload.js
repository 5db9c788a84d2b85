// Upload: a form that sends a file shows how far it has come, and stays on its page. What the server answers is the page as
// it is without this script; its main part takes the place of ours.

dress(document);

// dress puts our own button in place of the browser's, which speaks the browser's language and not the page's.
function dress(root) {
	for (const field of root.querySelectorAll("input[type=file][data-choose]")) {
		const button = document.createElement("button");
		button.type = "button";
		button.className = "button button-secondary";
		button.textContent = field.dataset.choose;
		for (const name of ["id", "aria-describedby", "aria-invalid"]) {
			if (field.hasAttribute(name)) button.setAttribute(name, field.getAttribute(name));
		}
		const label = field.closest(".field").querySelector("label");
		label.id = `${button.id}-label`;
		button.setAttribute("aria-labelledby", `${label.id} ${button.id}`);
		const chosen = document.createElement("output");
		chosen.textContent = field.dataset.nothing;
		const row = document.createElement("div");
		row.className = "choosing";
		row.append(button, chosen);
		const focused = field.matches("[autofocus], :focus");
		field.id += "-itself";
		field.hidden = true;
		field.before(row);
		button.addEventListener("click", () => field.click());
		field.addEventListener("change", () => { chosen.textContent = field.files[0]?.name ?? field.dataset.nothing; });
		if (focused) button.focus();
	}
}

// control is what stands for a field on the page.
function control(field) {
	return field.closest(".field").querySelector(".choosing button") ?? field;
}

document.addEventListener("submit", (event) => {
	const form = event.target;
	if (!form.matches("form[data-upload]")) return;
	event.preventDefault();
	if (form.hasAttribute("aria-busy")) return;
	const field = form.elements.file;
	const file = field.files[0];
	if (!file) return refuse(field, form.dataset.none);
	if (file.size > Number(field.dataset.most)) return refuse(field, field.dataset.large);
	send(form, new FormData(form));
}, true);

function send(form, body) {
	const box = form.querySelector(".upload");
	const bar = box.querySelector("progress");
	const said = box.querySelector("[role=status]");
	const busy = (on) => {
		if (on) {
			form.setAttribute("aria-busy", "true");
			addEventListener("beforeunload", stay);
		} else {
			form.removeAttribute("aria-busy");
			removeEventListener("beforeunload", stay);
		}
	};
	const request = new XMLHttpRequest(); // fetch cannot tell how much has been sent
	request.responseType = "document";
	request.upload.onprogress = ({ loaded, total }) => {
		if (total) bar.value = Math.round(loaded / total * 100);
	};
	request.upload.onload = () => {
		bar.removeAttribute("value");
		said.textContent = form.dataset.checking;
	};
	request.onload = () => {
		busy(false);
		const main = request.response?.querySelector("main");
		if (!main) return lost();
		if (!new URL(request.responseURL).pathname.endsWith("/files")) return location.assign(request.responseURL); // signed out meanwhile
		show(main);
	};
	const lost = () => {
		busy(false);
		box.hidden = true;
		refuse(form.elements.file, form.dataset.lost);
	};
	request.onerror = request.onabort = lost;
	bar.value = 0;
	box.hidden = false;
	said.textContent = form.dataset.sending;
	busy(true);
	request.open("POST", form.getAttribute("action"));
	request.send(body);
}

function stay(event) {
	event.preventDefault();
}

// show puts the answer in place and takes the reader to what it says.
function show(main) {
	document.querySelector("main").replaceWith(document.adoptNode(main));
	dress(main);
	if (main.contains(document.activeElement)) return;
	const told = main.querySelector(".summary, .notice") ?? main.querySelector("h1");
	told.tabIndex = -1;
	told.focus();
}

// refuse says beside the field what is wrong, as the server would.
function refuse(field, sentence) {
	const at = control(field);
	const id = `${at.id}-error`;
	let line = document.getElementById(id);
	if (!line) {
		line = document.createElement("p");
		line.id = id;
		line.className = "error";
		(at.closest(".choosing") ?? at).before(line);
	}
	line.textContent = sentence;
	field.closest(".field").classList.add("field-wrong");
	at.setAttribute("aria-invalid", "true");
	at.setAttribute("aria-describedby", `${id} ${at.id}-hint`);
	at.focus();
}
