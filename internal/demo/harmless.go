package demo

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// harmless gives the body of a mail's HTML as part of our page: the elements that our mails are written with, links
// included, and nothing else, whatever the mail holds.
func harmless(mail string) string {
	root, err := html.Parse(strings.NewReader(mail))
	if err != nil {
		return ""
	}
	var b strings.Builder
	write(&b, root)
	return b.String()
}

var kept = map[atom.Atom]bool{atom.P: true, atom.A: true, atom.Strong: true, atom.Em: true, atom.Ul: true, atom.Ol: true, atom.Li: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.Br: true, atom.Table: true, atom.Tbody: true, atom.Tr: true, atom.Td: true, atom.Th: true, atom.Span: true, atom.Div: true}

var dropped = map[atom.Atom]bool{atom.Head: true, atom.Script: true, atom.Style: true, atom.Title: true}

func write(b *strings.Builder, n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		b.WriteString(html.EscapeString(n.Data))
		return
	case n.Type == html.ElementNode && dropped[n.DataAtom]:
		return
	}
	keep := n.Type == html.ElementNode && kept[n.DataAtom]
	if keep {
		open(b, n)
	}
	for child := range n.ChildNodes() {
		write(b, child)
	}
	if keep && n.DataAtom != atom.Br {
		b.WriteString("</" + n.Data + ">")
	}
}

func open(b *strings.Builder, n *html.Node) {
	b.WriteString("<" + n.Data)
	for _, a := range n.Attr {
		web := a.Key == "href" && (strings.HasPrefix(a.Val, "http://") || strings.HasPrefix(a.Val, "https://") || strings.HasPrefix(a.Val, "mailto:"))
		if web || a.Key == "lang" {
			b.WriteString(" " + a.Key + `="` + html.EscapeString(a.Val) + `"`)
		}
	}
	b.WriteString(">")
}
