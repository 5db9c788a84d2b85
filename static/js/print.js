// Pages made for paper say so with a button, which is of no use without script.
for (const button of document.querySelectorAll("[data-print]")) {
	button.addEventListener("click", () => print());
}
