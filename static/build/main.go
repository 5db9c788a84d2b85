// Command build bundles Tandem's style sheets and scripts with what they take from npm, and puts them into static/dist:
// each minified, under a name with a hash of its content, and compressed beforehand. Run it from the top folder.
package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/evanw/esbuild/pkg/api"
)

const into = "static/dist"

func main() {
	if err := build(); err != nil {
		fmt.Fprintln(os.Stderr, "static/build:", err)
		os.Exit(1)
	}
}

func build() error {
	if err := install(); err != nil {
		return err
	}
	assets, err := bundle()
	if err != nil {
		return err
	}
	pictures, err := filepath.Glob("static/img/*.svg")
	if err != nil {
		return err
	}
	for _, p := range pictures {
		if assets[filepath.Base(p)], err = os.ReadFile(p); err != nil {
			return err
		}
	}
	return write(assets)
}

// install gets the packages of package-lock.json, unless they are there.
func install() error {
	if _, err := os.Stat("node_modules/htmx.org"); err == nil {
		return nil
	}
	npm := exec.Command("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
	npm.Stdout, npm.Stderr = os.Stderr, os.Stderr
	return npm.Run()
}

// bundle makes the style sheets and app.js. Browsers from 2022 on run the script; all others have pages that work without it.
func bundle() (map[string][]byte, error) {
	result := api.Build(api.BuildOptions{
		EntryPoints:       []string{"static/css/app.css", "static/css/dark.css", "static/css/styleguide.css", "static/css/paper.css", "static/js/app.js"},
		Outdir:            into,
		EntryNames:        "[name]",
		Bundle:            true,
		MinifySyntax:      true,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		Format:            api.FormatESModule,
		Target:            api.ES2022,
		Charset:           api.CharsetUTF8,
		LegalComments:     api.LegalCommentsNone,
		LogLevel:          api.LogLevelWarning,
	})
	if len(result.Errors) > 0 {
		return nil, errors.New("the bundle failed")
	}
	assets := map[string][]byte{}
	for _, f := range result.OutputFiles {
		assets[filepath.Base(f.Path)] = f.Contents
	}
	return assets, nil
}

// write puts the assets under their hashed names, each also compressed, then the manifest; what an earlier run left goes.
func write(assets map[string][]byte) error {
	manifest := map[string]string{}
	kept := []string{".keep", "manifest.json"}
	for name, content := range assets {
		manifest[name] = hashed(name, content)
		files, err := compressed(manifest[name], content)
		if err != nil {
			return err
		}
		for file, content := range files {
			kept = append(kept, file)
			if err := os.WriteFile(filepath.Join(into, file), content, 0o644); err != nil {
				return err
			}
		}
	}
	list, err := json.MarshalIndent(manifest, "", "\t")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(into, "manifest.json"), list, 0o644); err != nil {
		return err
	}
	return sweep(kept)
}

func hashed(name string, content []byte) string {
	sum := sha256.Sum256(content)
	ext := filepath.Ext(name)
	return strings.TrimSuffix(name, ext) + "-" + base32.StdEncoding.EncodeToString(sum[:])[:10] + ext
}

func compressed(name string, content []byte) (map[string][]byte, error) {
	var br, gz bytes.Buffer
	zip, err := gzip.NewWriterLevel(&gz, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	for _, w := range []io.WriteCloser{brotli.NewWriterLevel(&br, brotli.BestCompression), zip} {
		if _, err := w.Write(content); err != nil {
			return nil, err
		}
		if err := w.Close(); err != nil {
			return nil, err
		}
	}
	return map[string][]byte{name: content, name + ".br": br.Bytes(), name + ".gz": gz.Bytes()}, nil
}

func sweep(kept []string) error {
	files, err := os.ReadDir(into)
	if err != nil {
		return err
	}
	for _, f := range files {
		if !slices.Contains(kept, f.Name()) {
			if err := os.Remove(filepath.Join(into, f.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}
