# Two commands matter: `make run` and `make test`. Everything else is for who works on it.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
DATA ?= $(CURDIR)/data
BIN := .venv/bin

.PHONY: environment build run test matrix check bench bench-room deep lock

environment:
	@$(PYTHON) tools/bootstrap.py

build: environment
	@$(BIN)/python tools/assets.py

run: build
	@$(BIN)/python tools/run.py --port $(PORT) --data "$(DATA)"

check: build
	@$(BIN)/python tools/check.py

test: build
	@$(BIN)/python tools/test.py

matrix: build
	@$(BIN)/python tools/matrix.py

bench: build
	@$(BIN)/python -m bench

bench-room: build
	@$(BIN)/python -m bench.room

deep: build
	@$(BIN)/python tools/deep.py

lock: environment
	@for name in base dev node; do $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-header --no-emit-index-url requirements/$$name.in -o requirements/$$name.txt; done
