package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"

	"github.com/labstack/echo/v4"
)

// serveBare is what Tandem is compared with: Echo with nothing around it, which sends a page from memory.
func serveBare(ctx context.Context, folder string) error {
	files, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	e := echo.New()
	for _, file := range files {
		content, err := os.ReadFile(filepath.Join(folder, file.Name()))
		if err != nil {
			return err
		}
		e.GET("/"+file.Name(), func(c echo.Context) error { return c.HTMLBlob(http.StatusOK, content) })
		e.POST("/"+file.Name(), func(c echo.Context) error {
			return c.Redirect(http.StatusSeeOther, "/actions/"+c.FormValue("partnership"))
		})
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println(listener.Addr())
	server := &http.Server{Handler: e}
	context.AfterFunc(ctx, func() { server.Close() })
	if err := server.Serve(listener); err != http.ErrServerClosed {
		return err
	}
	return nil
}
