package locales

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// mention is a place in the source that names a message.
type mention struct {
	key    string
	where  string
	call   string   // T, N, Refuse …: the key has to exist; empty for any other literal
	values []string // given to the placeholders
	exact  bool     // values are all there are
}

// family is a place that makes a key at run time: r.T("rsvp." + state).
type family struct{ prefix, file, where string }

// source is all that the code says about messages.
type source struct {
	mentions []mention
	declared map[string][]string // file → keys of its "// words:" comments
	families []family
}

// keyAt tells which argument of these calls is the key; values follow it.
var keyAt = map[string]int{"T": 0, "N": 0, "Refuse": 0, "Add": 1, "That": 2}

var looksLikeKey = regexp.MustCompile(`^[a-z][A-Za-z0-9-]*(\.[A-Za-z0-9/_-]+)+$`)

func TestEveryMessageUsedExists(t *testing.T) {
	all, code := read(t)["en"], readSource(t)
	for _, m := range code.mentions {
		found, ok := all[m.key]
		switch {
		case m.call == "":
		case !ok:
			t.Errorf("%s: there is no message %q", m.where, m.key)
		case m.call == "T" && found.plural():
			t.Errorf("%s: %q counts: it is said with N", m.where, m.key)
		case m.exact && !slices.Equal(m.values, needs(m, found)):
			t.Errorf("%s: %q is given %v and needs %v", m.where, m.key, m.values, needs(m, found))
		}
	}
	for file, keys := range code.declared {
		for _, key := range keys {
			if _, ok := all[key]; !ok {
				t.Errorf("%s: its words comment names %q, which is no message", file, key)
			}
		}
	}
}

// needs are the values that a call has to give: N gives the number itself.
func needs(m mention, found message) []string {
	return slices.DeleteFunc(found.values(), func(name string) bool { return m.call == "N" && name == "N" })
}

func TestEveryMessageIsUsed(t *testing.T) {
	code := readSource(t)
	used := map[string]bool{}
	for _, m := range code.mentions {
		used[m.key] = true
	}
	for _, keys := range code.declared {
		for _, key := range keys {
			used[key] = true
		}
	}
	for key := range read(t)["en"] {
		if !used[key] {
			t.Errorf("nothing says the message %q", key)
		}
	}
}

// A key that is put together at run time cannot be found by looking: its whole family stands in a comment beside it.
func TestFamiliesAreDeclared(t *testing.T) {
	code := readSource(t)
	for _, f := range code.families {
		declared := slices.ContainsFunc(code.declared[f.file], func(key string) bool { return strings.HasPrefix(key, f.prefix) })
		if !declared {
			t.Errorf("%s: no comment \"// words: %s…\" in this file names the messages", f.where, f.prefix)
		}
	}
}

// readSource reads all Go code that is not a test, what templ has made included, and the words comments of templates,
// which templ does not keep.
func readSource(t *testing.T) *source {
	t.Helper()
	s := &source{declared: map[string][]string{}}
	for _, root := range []string{"cmd", "internal", "templates", "static"} {
		err := filepath.WalkDir(filepath.Join("..", root), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			return s.add(path)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(s.mentions) == 0 {
		t.Fatal("no source was found")
	}
	return s
}

func (s *source) add(path string) error {
	switch {
	case strings.HasSuffix(path, "_test.go"):
	case strings.HasSuffix(path, ".go"):
		return s.addGo(path)
	case strings.HasSuffix(path, ".templ"):
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for line := range strings.Lines(string(content)) {
			s.declare(path, strings.TrimSpace(line))
		}
	}
	return nil
}

func (s *source) addGo(path string) error {
	files := token.NewFileSet()
	tree, err := parser.ParseFile(files, path, nil, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	for _, group := range tree.Comments {
		for _, c := range group.List {
			s.declare(path, c.Text)
		}
	}
	ast.Inspect(tree, func(n ast.Node) bool {
		where := ""
		if n != nil {
			where = files.Position(n.Pos()).String()
		}
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.BasicLit:
			if key, ok := literal(n); ok && looksLikeKey.MatchString(key) {
				s.mentions = append(s.mentions, mention{key: key, where: where})
			}
		case *ast.CallExpr:
			s.addCall(path, where, n)
		case *ast.KeyValueExpr:
			if name, ok := n.Key.(*ast.Ident); ok && name.Name == "Key" {
				s.addKey(path, where, "Key", n.Value, nil, false)
			}
		}
		return true
	})
	return nil
}

// declare reads a "// words: a b c" comment. Those of a template are kept under the Go file that templ makes of it too.
func (s *source) declare(path, line string) {
	keys, ok := strings.CutPrefix(line, "// words:")
	if !ok {
		return
	}
	list := strings.Fields(keys)
	s.declared[path] = append(s.declared[path], list...)
	if made, ok := strings.CutSuffix(path, ".templ"); ok {
		s.declared[made+"_templ.go"] = append(s.declared[made+"_templ.go"], list...)
	}
}

func (s *source) addCall(path, where string, call *ast.CallExpr) {
	name := ""
	switch f := call.Fun.(type) {
	case *ast.SelectorExpr:
		name = f.Sel.Name
	case *ast.Ident:
		name = f.Name
	}
	at, ok := keyAt[name]
	if !ok || len(call.Args) <= at {
		return
	}
	rest := call.Args[at+1:]
	if name == "N" && len(rest) > 0 {
		rest = rest[1:]
	}
	values, exact := given(rest)
	s.addKey(path, where, name, call.Args[at], values, exact)
}

func (s *source) addKey(path, where, call string, arg ast.Expr, values []string, exact bool) {
	if sum, ok := arg.(*ast.BinaryExpr); ok {
		if prefix, ok := literal(leftmost(sum)); ok && strings.Contains(prefix, ".") {
			s.families = append(s.families, family{prefix, path, where})
		}
		return
	}
	if key, ok := literal(arg); ok && looksLikeKey.MatchString(key) {
		s.mentions = append(s.mentions, mention{key, where, call, values, exact})
	}
}

// given reads the names in locale.V{"Title": …}. Where they are put together elsewhere, they are not known here.
func given(args []ast.Expr) (names []string, known bool) {
	found := map[string]bool{}
	for _, arg := range args {
		list, ok := arg.(*ast.CompositeLit)
		if !ok {
			return nil, false
		}
		for _, e := range list.Elts {
			pair, ok := e.(*ast.KeyValueExpr)
			if !ok {
				return nil, false
			}
			name, ok := literal(pair.Key)
			if !ok {
				return nil, false
			}
			found[name] = true
		}
	}
	return slices.Sorted(maps.Keys(found)), true
}

func leftmost(e ast.Expr) ast.Expr {
	for {
		sum, ok := e.(*ast.BinaryExpr)
		if !ok {
			return e
		}
		e = sum.X
	}
}

func literal(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(lit.Value)
	return text, err == nil
}
