# Everything here works on a fresh clone: the environment is made on first use and again when pyproject.toml changes.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help run test quick bench train format clean
.DEFAULT_GOAL := help

help:
	@echo "make run     install, fill in demo data on first start, serve on http://127.0.0.1:8000"
	@echo "make test    lint, types, every test (browser included)"
	@echo "make quick   the tests without browser and server, under a minute"
	@echo "make bench   benchmarks, peers included; tables in bench/out"
	@echo "make train   train the sorter's model again"
	@echo "make format  bring the code into shape"

run: $(VENV)/.run
	@$(BIN)/feedback demo || true
	$(BIN)/feedback serve --host 127.0.0.1 --port 8000

test: $(VENV)/.test
	@$(BIN)/python -m tests.browser --install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n 2

quick: $(VENV)/.test
	$(BIN)/pytest -n 2 -m "not e2e and not slow"

bench: $(VENV)/.test
	$(BIN)/python -m bench

train: $(VENV)/.test
	$(BIN)/pip install --quiet --editable ".[train]"
	$(BIN)/python -m bench.train

format: $(VENV)/.test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("feedback needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(VENV)/bin/python pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.test: $(VENV)/bin/python pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --editable ".[test]"
	@touch $@ $(VENV)/.run
