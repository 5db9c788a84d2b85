package web

import "github.com/labstack/echo/v4"

// Routes are all addresses of the site, as "GET /conferences/:id".
func Routes() []string {
	e := echo.New()
	new(Web).routes(e)
	var list []string
	for _, r := range e.Routes() {
		if r.Method != echo.RouteNotFound {
			list = append(list, r.Method+" "+r.Path)
		}
	}
	return list
}
