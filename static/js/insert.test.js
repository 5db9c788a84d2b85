// node --test static/js/
import assert from "node:assert/strict";
import { test } from "node:test";
import { withTerm } from "./insert.js";

test("a term is put where the caret stands, with spaces where words would touch", () => {
	assert.deepEqual(withTerm("", 0, 0, "hotline"), { text: "hotline", at: 7 });
	assert.deepEqual(withTerm("Vores", 5, 5, "hotline"), { text: "Vores hotline", at: 13 });
	assert.deepEqual(withTerm("Vores åbner", 6, 6, "hotline"), { text: "Vores hotline åbner", at: 13 });
	assert.deepEqual(withTerm("Лінія.", 5, 5, "падтрымкі"), { text: "Лінія падтрымкі.", at: 15 });
});

test("what is chosen gives way", () => {
	assert.deepEqual(withTerm("En madpakke til alle", 3, 11, "fødevarepakke"), { text: "En fødevarepakke til alle", at: 16 });
});
