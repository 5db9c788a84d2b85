# Tandem. `make demo` shows it, `make test` tests it; both get what they need themselves.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo build assets test bench lint clean

help:
	@echo 'make demo   build Tandem and show it on http://localhost:8080 with demo content'
	@echo 'make test   run all checks and all tests'
	@echo 'make bench  measure what pages cost beside a bare handler; BENCH_FULL=1 for up to a million action items'
	@echo 'make lint   run the checks only'
	@echo 'make build  build the one file that production needs: ./tandem'

demo: build
	./tandem demo --listen localhost:8080 --data data/demo

build: assets
	CGO_ENABLED=0 go build -trimpath -o tandem ./cmd/tandem

# Style sheets and scripts, bundled from static/ and npm into static/dist.
assets: node_modules/.package-lock.json
	go run ./static/build

node_modules/.package-lock.json: package.json package-lock.json
	npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

test:
	.ci/needs
	$(MAKE) assets
	$(MAKE) lint
	.ci/tests

bench: assets
	go run ./internal/bench

lint:
	@unformatted=$$(gofmt -l cmd internal locales static templates); \
	if [ -n "$$unformatted" ]; then echo "gofmt would change:"; echo "$$unformatted"; exit 1; fi
	go vet ./...
	go tool staticcheck ./...
	.ci/generated

clean:
	rm -rf tandem tmp data node_modules
	find static/dist -type f ! -name .keep -delete
