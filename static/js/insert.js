// withTerm puts a term into a text in place of what is chosen there, with a space where it would else grow together with a word.
// It gives the new text and where the caret then stands.
export function withTerm(text, from, to, term) {
	const letter = /[\p{L}\p{N}]/u;
	const before = from > 0 && letter.test(text[from - 1]) ? " " : "";
	const after = to < text.length && letter.test(text[to]) ? " " : "";
	return { text: text.slice(0, from) + before + term + after + text.slice(to), at: from + before.length + term.length };
}
