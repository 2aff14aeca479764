# Fairground: `make demo` shows it, `make test` proves it. CONTRIBUTING.md has the rest.
VENV ?= .venv
BIN := $(VENV)/bin
PY ?= python3
UV := $(BIN)/uv
VENDOR := src/fairground/web/static/vendor
export PYTHONHASHSEED = 0

.PHONY: demo test check format docs benchmarks lock clean assets install install-dev install-peers

demo: install assets
	$(BIN)/fairground demo

$(BIN)/python:
	$(PY) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

$(VENV)/.run: requirements/run.txt | $(BIN)/python
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/run.txt
	$(UV) pip install --quiet --python $(BIN)/python --no-deps -e .
	touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt
	touch $@

$(VENV)/.peers: requirements/peers.txt $(VENV)/.dev
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/peers.txt
	touch $@

install: $(VENV)/.run
install-dev: $(VENV)/.dev
install-peers: $(VENV)/.peers

lock: | $(BIN)/python
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate pyproject.toml -o requirements/run.txt
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate pyproject.toml --group dev -c requirements/run.txt -o requirements/dev.txt
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate pyproject.toml --group dev --group peers -c requirements/dev.txt -o requirements/peers.txt
