package notify

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"example.org/tandem/internal/org"
)

// asking is a function that asks for a kind of mail: "conference.Store.Offer" and "poll".
type asking struct{ by, mail string }

// quiet are functions that name kinds of mails and ask for none: one puts two together that go to the same person.
var quiet = []string{"conference.news.add"}

func TestEveryEventHasItsLineAndEveryLineItsEvent(t *testing.T) {
	kinds, askings := sources(t)
	var lines []asking
	for _, l := range Table {
		if l.Event == "" || l.To == "" || len(l.By) == 0 {
			t.Errorf("a line with gaps: %+v", l)
		}
		for _, by := range l.By {
			lines = append(lines, asking{by, l.Mail})
		}
	}
	for _, a := range askings {
		if !slices.Contains(lines, a) && !slices.Contains(quiet, a.by) {
			t.Errorf("%s asks for %q: the table has no line for it", a.by, a.mail)
		}
	}
	for _, l := range lines {
		if !slices.Contains(askings, l) {
			t.Errorf("the table says that %s asks for %q: it does not", l.by, l.mail)
		}
	}
	for name, kind := range kinds {
		if !slices.ContainsFunc(lines, func(l asking) bool { return l.mail == kind }) {
			t.Errorf("%s is in no line", name)
		}
	}
}

func TestEveryLineHasItsWriterAndEveryWriterItsLine(t *testing.T) {
	writers := (&Desk{}).writers()
	for _, l := range Table {
		if writers[l.Mail] == nil {
			t.Errorf("%s: nobody writes %q", l.Event, l.Mail)
		}
	}
	for kind := range writers {
		if !slices.ContainsFunc(Table, func(l Line) bool { return l.Mail == kind }) {
			t.Errorf("%q is written, and in no line", kind)
		}
	}
}

// A person chooses about a group as a whole, so all lines of a mail are in one; and what can wait has no entry for the calendar.
func TestWhatPeopleChooseAbout(t *testing.T) {
	for _, l := range Table {
		if groupOf(l.Mail) != l.Group {
			t.Errorf("%s: %q is in the groups %q and %q", l.Event, l.Mail, l.Group, groupOf(l.Mail))
		}
		if l.Group == "" {
			if l.Mail != org.InvitedMail {
				t.Errorf("%s: %q cannot be stopped", l.Event, l.Mail)
			}
			continue
		}
		if !slices.Contains(org.Stoppable, l.Group) || !slices.Contains(l.Ways(), org.Never) {
			t.Errorf("%s: no link stops %q", l.Event, l.Group)
		}
		if l.Group.Late() && len(l.Entry) > 0 {
			t.Errorf("%s: an entry for the calendar that comes next Monday", l.Event)
		}
	}
	for _, group := range org.Stoppable {
		if !slices.ContainsFunc(Table, func(l Line) bool { return l.Group == group }) {
			t.Errorf("people choose about %q, and no mail is of that group", group)
		}
	}
}

// sources reads the program's own: all kinds of mails, by the names of their constants, and which function asks for which.
func sources(t *testing.T) (kinds map[string]string, askings []asking) {
	t.Helper()
	kinds = map[string]string{}
	var files []*ast.File
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := os.ReadFile(path)
		if err != nil || !strings.Contains(string(source), "Mail") && !strings.Contains(string(source), "asking()") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, source, 0)
		// The demo takes back what its content would mail, web shows what will be mailed, and here mails are written: none of these
		// causes one, but for the digests.
		if room := strings.Split(filepath.ToSlash(path), "/")[1]; room == "demo" || room == "web" || room == "bench" || room == "notify" && d.Name() != "digest.go" {
			return err
		}
		files = append(files, file)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		mailKinds(file, kinds)
	}
	if len(kinds) < 15 {
		t.Fatalf("only %d kinds of mails were found", len(kinds))
	}
	for _, file := range files {
		for _, d := range file.Decls {
			f, is := d.(*ast.FuncDecl)
			if !is || f.Body == nil {
				continue
			}
			ast.Inspect(f.Body, func(n ast.Node) bool {
				if name, is := n.(*ast.Ident); is && kinds[name.Name] != "" {
					askings = append(askings, asking{called(file, f), kinds[name.Name]})
				}
				return true
			})
		}
	}
	return kinds, askings
}

// mailKinds finds constants such as AskMail = "poll".
func mailKinds(file *ast.File, kinds map[string]string) {
	for _, d := range file.Decls {
		g, is := d.(*ast.GenDecl)
		if !is || g.Tok != token.CONST {
			continue
		}
		for _, s := range g.Specs {
			v := s.(*ast.ValueSpec)
			if value, is := first(v.Values).(*ast.BasicLit); is && v.Type == nil && v.Names[0].IsExported() && strings.HasSuffix(v.Names[0].Name, "Mail") {
				kinds[v.Names[0].Name], _ = strconv.Unquote(value.Value)
			}
		}
	}
}

func first(list []ast.Expr) ast.Expr {
	if len(list) == 0 {
		return nil
	}
	return list[0]
}

// called is a function's name with its room, and of a method with its type.
func called(file *ast.File, f *ast.FuncDecl) string {
	name := file.Name.Name + "."
	if f.Recv != nil {
		of := f.Recv.List[0].Type
		if star, is := of.(*ast.StarExpr); is {
			of = star.X
		}
		name += of.(*ast.Ident).Name + "."
	}
	return name + f.Name.Name
}
