package audit

import "slices"

// Deeds are all that the log knows. One that is not among them cannot be recorded, so that each has its words on the pages.
var Deeds = []string{
	"accept invitation", "accept partnership", "add agenda item", "add partner", "add person", "add special day", "add uninvited", "add unit",
	"agree minutes", "answer invitation", "answer poll", "archive unit", "ask guest", "attach file", "begin lesson", "bring back unit",
	"cancel conference", "change conference", "change partnership", "change profile", "change role", "change unit", "consent",
	"decline other time", "decline partnership", "drop guest", "drop identity", "drop mail reply", "drop uninvited", "edit agenda item", "edit lesson", "end conference", "end membership", "end room",
	"end series", "end sessions",
	"end stand-in", "export audit log", "export own data", "freeze minutes", "grant site administration", "hand over invitation",
	"identify person", "import people", "invite", "invite again", "join unit", "leave", "make feed", "move agenda item", "move unit",
	"name site administrator", "name stand-in", "note attendance", "note progress", "offer time", "open poll", "pass ball", "plan action",
	"plan languages", "plan partnership", "postpone conference", "propose conference", "propose other time", "propose partnership", "publish lesson", "record action", "record conference", "record decision",
	"refuse sign-in", "release mails", "remove agenda item", "remove file", "remove partner", "remove special day", "repeat conference", "restore lesson", "retry",
	"revoke feed", "revoke invitation", "schedule conference", "send agenda ahead", "send series", "share lesson", "share recordings", "sign in", "sign out", "sign out by provider",
	"start conference", "stop mail", "translate text", "void agreement", "want mail", "withdraw lesson", "withdraw partnership", "withdraw recordings",
	"work on part", "write notes",
}

// Kinds are what a deed can be done to: the beginning of an entry's subject.
var Kinds = []string{"action", "conference", "decision", "grant", "invitation", "job", "lesson", "log", "membership", "partnership",
	"person", "proposal", "provider", "special-day", "text", "unit"}

func isDeed(deed string) bool {
	_, known := slices.BinarySearch(Deeds, deed)
	return known
}

func isKind(kind string) bool { return slices.Contains(Kinds, kind) }
