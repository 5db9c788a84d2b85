package web

import (
	"github.com/labstack/echo/v4"

	"example.org/tandem/internal/signin"
	"example.org/tandem/static"
)

// routes is the whole site on one screen. `in` is for people who are signed in; a path that nobody else may open answers
// everyone else with 303 to /sign-in, whether it exists or not.
func (w *Web) routes(e *echo.Echo) {
	e.GET("/static/*", echo.WrapHandler(static.Handler()))
	e.GET("/healthz", w.healthy)
	e.GET("/readyz", w.ready)
	e.GET("/", w.home)
	e.POST("/language", w.switchLanguage)

	e.GET("/files/:id", w.downloadFile)
	e.GET("/privacy", w.showPrivacy)
	e.GET(unsubscribeRoute, w.showUnsubscribe)
	e.POST(unsubscribeRoute, w.unsubscribe)

	e.GET("/sign-in", w.showSignIn)
	entering := w.slowly(signInPace, nil)
	e.GET("/sign-in/:provider", w.beginSignIn, entering)
	e.POST("/sign-in/:provider", w.beginSignIn, entering)
	e.GET("/oidc/callback/:provider", w.finishSignIn, entering)
	e.POST(backChannelRoute, w.backChannelLogout, w.slowly(logoutPace, nil))
	e.POST("/sign-out", w.SignIn.SignOut)

	if w.Demo != nil {
		w.Demo.Routes(e, Pages{w.base, w.reader, w.show})
	}

	in := e.Group("", w.slowly(keptPace, keepsNothing), w.SignIn.Require)
	in.GET(signin.KeptPath, w.showKept)

	in.GET("/partnerships", w.listPartnerships)
	in.GET("/partnerships/:id", w.showPartnership)
	in.GET("/queue", w.showQueue)
	in.GET("/texts/:id/translate/:lang", w.showTranslation)
	in.POST("/texts/:id/translate/:lang", w.saveTranslation)
	in.GET("/lessons/:id/translate/:lang", w.showTranslation)
	in.POST("/lessons/:id/translate/:lang", w.saveTranslation)
	in.GET("/organisations", w.listOrganisations)
	in.GET("/organisations/:id", w.showOrganisation)
	in.GET("/organisations/:id/edit", w.editOrganisation)
	in.POST("/organisations/:id/edit", w.changeOrganisation)
	in.GET("/organisations/:id/new", w.newOrganisation)
	in.POST("/organisations/:id/new", w.addOrganisation)
	in.POST("/organisations/:id/move", w.moveOrganisation)
	in.POST("/organisations/:id/archive", w.archiveOrganisation)
	in.POST("/organisations/:id/bring-back", w.bringBackOrganisation)
	in.GET("/people", w.listPeople)
	in.GET("/me", w.showProfile)
	in.POST("/me", w.changeProfile)
	in.GET("/me/mails", w.showMails)
	in.POST("/me/mails", w.changeMails)
	in.GET("/me/devices", w.showDevices)
	in.POST("/me/devices", w.endDevices)
	in.POST("/me/identities", w.removeIdentity)
	in.POST("/me/identities/:provider", w.addIdentity)
	in.GET("/me/data", w.showData)
	in.POST("/me/data/export", w.exportData)
	in.GET("/me/leave", w.showLeave)
	in.POST("/me/leave", w.leave)
	in.POST("/privacy", w.agreePrivacy)

	in.GET("/conferences", w.listConferences)
	in.GET("/conferences/new", w.newConference)
	in.POST("/conferences/new", w.planConference)
	in.GET("/conferences/:id", w.showConference)
	in.POST("/conferences/:id/answer", w.answerInvitation)
	in.GET("/conferences/:id/edit", w.editConference)
	in.POST("/conferences/:id/edit", w.changeConference)
	in.GET("/conferences/:id/poll", w.showPoll)
	in.POST("/conferences/:id/poll", w.answerPoll)
	in.POST("/conferences/:id/choose", w.chooseTime)
	in.GET("/conferences/:id/agenda", w.showAgenda)
	in.POST("/conferences/:id/agenda", w.addItem)
	in.POST("/conferences/:id/agenda/:item", w.changeItem)
	in.GET("/conferences/:id/join", w.joinConference)
	in.GET("/conferences/:id/invite.ics", w.calendarEntry)
	in.POST("/conferences/:id/start", w.startConference)
	in.POST("/conferences/:id/end", w.endConference)
	in.POST("/conferences/:id/cancel", w.cancelConference)

	in.GET("/conferences/:id/notes", w.showNotes)
	in.POST("/conferences/:id/notes", w.saveNotes)
	in.POST("/conferences/:id/notes/:item", w.saveNote)
	in.POST("/conferences/:id/notes/:item/decision", w.recordDecision)
	in.POST("/conferences/:id/notes/:item/action", w.recordAction)
	in.GET("/conferences/:id/minutes", w.showMinutes)
	in.POST("/conferences/:id/minutes", w.agreeMinutes)
	in.POST("/conferences/:id/attendance", w.noteAttendance)
	in.GET("/conferences/:id/follow-up", w.newFollowUp)
	in.POST("/conferences/:id/follow-up", w.planFollowUp)
	in.GET("/decisions", w.listDecisions)
	in.GET("/decisions/:id", w.showDecision)

	e.GET("/lessons/:id", w.showLesson) // a published one is anybody's to read
	in.GET("/lessons", w.listLessons)
	in.GET("/lessons/new", w.newLesson)
	in.POST("/lessons/new", w.beginLesson)
	in.GET("/lessons/:id/edit", w.editLesson)
	in.POST("/lessons/:id/edit", w.changeLesson)
	in.POST("/lessons/:id/share", w.shareLesson)
	in.POST("/lessons/:id/publish", w.publishLesson)
	in.POST("/lessons/:id/withdraw", w.withdrawLesson)
	in.GET("/lessons/:id/history", w.showLessonHistory)
	in.POST("/lessons/:id/restore", w.restoreLesson)
	in.GET(filesRoute, w.showFiles)
	in.POST(filesRoute, w.attachFile)
	in.POST("/lessons/:id/files/:file/remove", w.removeFile)

	in.GET("/actions", w.listActions)
	in.GET("/actions/new", w.newAction)
	in.POST("/actions/new", w.planAction)
	in.GET("/actions/:id", w.showAction)
	in.POST("/actions/:id", w.reportAction)
	in.GET("/actions/:id/edit", w.editAction)
	in.POST("/actions/:id/edit", w.changeAction)
}
