// The menu of a phone closes with Escape, and when somebody turns to something else.

const menu = document.querySelector("details.menu");

menu?.addEventListener("keydown", (event) => {
	if (event.key !== "Escape" || !menu.open) return;
	menu.open = false;
	menu.querySelector("summary").focus();
});

document.addEventListener("click", (event) => {
	if (menu?.open && !menu.contains(event.target)) menu.open = false;
});
