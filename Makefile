# Two commands matter: `make run` and `make test`. Everything else is for who works on it.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
DATA ?= $(CURDIR)/data
BIN := .venv/bin

.PHONY: environment build run test matrix check bench bench-room deep lock settings-page

environment:
	@$(PYTHON) -m tools.bootstrap

build: environment
	@$(BIN)/python -m tools.assets

run: build
	@$(BIN)/python -m tools.run --port $(PORT) --data "$(DATA)"

check: build
	@$(BIN)/python -m tools.check

test: build
	@$(BIN)/python -m tools.test

matrix: build
	@$(BIN)/python -m tools.matrix

bench: build
	@$(BIN)/python -m bench

bench-room: build
	@$(BIN)/python -m bench.room

deep: build
	@$(BIN)/python -m tools.deep

lock: environment
	@for name in base dev node; do $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-header --no-emit-index-url requirements/$$name.in -o requirements/$$name.txt; done

settings-page: environment
	@$(BIN)/python -m sameboat.config.settings_page > docs/settings.md
