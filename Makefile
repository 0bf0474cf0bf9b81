# Two commands matter: `make run` and `make test`. Everything else is for who works on it.
# Names on PATH may be dead shims, so each is tried by running it.
PYTHON ?= $(shell for found in python3.11 python3 python3.12 python3.13 $$HOME/.pyenv/versions/3.1[1-9]*/bin/python3; do \
	"$$found" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && command -v "$$found" && break; done)
PORT ?= 8000
DATA ?= $(CURDIR)/data
BIN := .venv/bin

.PHONY: environment build run test matrix check bench bench-room bench-reach bench-study deep mutants pictures lock settings-page

environment:
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or newer found. Type: sudo apt install python3 python3-venv"; exit 1; }
	@$(PYTHON) -m tools.bootstrap

build: environment
	@$(BIN)/python -m tools.assets

run: build
	@exec $(BIN)/python -m tools.run --port $(PORT) --data "$(DATA)"

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

bench-reach: build
	@$(BIN)/python -m bench.reach

# Beside Taguette, which gets an environment of its own the first time.
bench-study: build
	@$(BIN)/python -m bench.study

# Only what changed since it was last played; all of it with `make mutants MUTANTS=--all`.
mutants: build
	@$(BIN)/python -m tools.mutants $(MUTANTS)

# Of every screen and page in each of its looks, into tests/pictures.
pictures: build
	@$(BIN)/python -m tools.pictures

deep: build
	@$(BIN)/python -m tools.deep

lock: environment
	@for name in base dev node taguette; do $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-header --no-emit-index-url requirements/$$name.in -o requirements/$$name.txt; done

settings-page: environment
	@$(BIN)/python -m sameboat.config.settings_page > docs/settings.md
	@$(BIN)/python -m sameboat.study.config.settings_page > docs/study-settings.md
