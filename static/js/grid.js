// The grid of hours: a click fills a typed time in at once, or empties it. Where no field is free the click goes to the server.

const fields = (form) => [...form.querySelectorAll("#typed-times input[type=date]")].map((day) => [day, form.elements[`${day.name}-time`]]);

document.addEventListener("click", (event) => {
	const hour = event.target.closest('button[name="pick"]');
	const form = hour?.form;
	if (!form) return;
	const [on, at] = hour.value.split("T");
	const rows = fields(form);
	const there = rows.find(([day, time]) => day.value === on && time.value === at);
	const free = rows.length === 1 ? rows[0] : rows.find(([day, time]) => !day.value && !time.value);
	const row = there ?? free;
	if (!row || (there && rows.length === 1)) return;
	event.preventDefault();
	[row[0].value, row[1].value] = there ? ["", ""] : [on, at];
	mark(form);
	row[1].dispatchEvent(new Event("input", { bubbles: true }));
	row[1].dispatchEvent(new Event("change", { bubbles: true }));
});

document.addEventListener("change", ({ target }) => {
	if (target.closest("#typed-times")) mark(target.form);
});

// mark shows which hours of the grid are typed now.
function mark(form) {
	const typed = fields(form).map(([day, time]) => `${day.value}T${time.value}`);
	for (const hour of form.querySelectorAll('button[name="pick"]')) hour.setAttribute("aria-pressed", String(typed.includes(hour.value)));
}

// Arrows go from hour to hour and from day to day, past what is over.
const steps = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

document.addEventListener("keydown", (event) => {
	const hour = event.target.closest?.('button[name="pick"]');
	const step = steps[event.key];
	if (!hour || !step || event.altKey || event.ctrlKey || event.metaKey) return;
	const days = [...hour.closest(".grid-of-times").querySelectorAll(".grid-hours")].map((day) => [...day.children]);
	let day = days.findIndex((hours) => hours.includes(hour));
	let at = days[day].indexOf(hour);
	do [day, at] = [day + step[0], at + step[1]];
	while (days[day] && days[day][at]?.matches("span"));
	const next = days[day]?.[at];
	if (!next?.matches("button")) return;
	event.preventDefault();
	next.focus();
});
