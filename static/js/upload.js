// Upload: a form that sends a file shows how far it has come, and stays on its page. What the server answers is the page as
// it is without this script; its main part takes the place of ours.

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
	const told = main.querySelector(".summary, .notice");
	const target = main.querySelector("[autofocus]") ?? told ?? main.querySelector("h1");
	if (!target.matches("input, a, button")) target.tabIndex = -1;
	target.focus();
}

// refuse says beside the field what is wrong, as the server would.
function refuse(field, sentence) {
	const frame = field.closest(".field");
	const id = `${field.id}-error`;
	let line = document.getElementById(id);
	if (!line) {
		line = document.createElement("p");
		line.id = id;
		line.className = "error";
		field.before(line);
	}
	line.textContent = sentence;
	frame.classList.add("field-wrong");
	field.setAttribute("aria-invalid", "true");
	field.setAttribute("aria-describedby", `${id} ${field.id}-hint`);
	field.focus();
}
