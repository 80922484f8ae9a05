# make demo        a site with five policies, at http://localhost:8000/ (PORT=… and PYTHON=… are honoured)
# make demo-data   all of that but serving it
# make test        the tests, one process for each processor (WORKERS=…); ARGS=… goes to pytest instead
# make test-slow   the tests that take longest: what is built and installed, whole sites, long ways in the browser, mails
# make lint        what CI runs first
# make docs        the documentation as a site, into build/docs; a warning is a fault
# make matrix      the tests on each Python, Django, Wagtail and database (ENVIRONMENTS=… DATABASES=… DRY=1 lists them)
# make bench       the numbers, into benchmarks/results/latest.json
# make messages    bring the catalogues up to date with the source
# make compile     compile the catalogues

PYTHON ?= python3
PORT ?= 8000
VENV ?= .venv
BIN := $(VENV)/bin
ARGS ?=
WORKERS ?= auto
SPREAD := -n $(WORKERS)
WITHOUT_DEMO := --ignore=tests/demo --ignore=tests/mails
# Files with slow tests: to collect the others, too, takes each process as long again.
SLOW = $(filter-out tests/demo/% tests/mails/% tests/packaging/%,$(shell grep -rl --include='test_*.py' 'mark\.slow' tests))

VERSION_OF := -c 'import sys; print("%d.%d" % sys.version_info[:2])'
VERSION := $(shell $(PYTHON) $(VERSION_OF) 2>/dev/null)
INTERPRETER := $(VENV)/.python-$(VERSION)
PACKAGE := setup.py pyproject.toml
CATALOGUES := $(wildcard locale/*/LC_MESSAGES/django.po example_site/locale/*/LC_MESSAGES/django.po)
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

demo demo-data: export DJANGO_SETTINGS_MODULE := example_site.settings
demo demo-data: export PYTHONPATH := $(CURDIR)
demo demo-data: export PORT := $(PORT)

.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: demo demo-data test test-slow lint docs matrix bench messages compile clean

demo: demo-data
	@$(BIN)/python -m example_site.serve --port $(PORT)

demo-data: $(VENV)/.demo $(VENV)/.compiled
	@$(BIN)/python -m django migrate --verbosity 0
	@$(BIN)/python -m django load_demo

test: $(VENV)/.test $(VENV)/.compiled
	$(BIN)/python -m pytest $(or $(ARGS),$(SPREAD) $(WITHOUT_DEMO) -m "not slow and not packaging")

test-slow: $(VENV)/.test $(VENV)/.compiled
	$(BIN)/python -m pytest $(SPREAD) -m "slow or packaging" tests/packaging $(SLOW)
	$(BIN)/python -m pytest -n auto --ds=tests.demo.settings tests/demo tests/mails

lint: $(VENV)/.dev $(VENV)/.compiled
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/djlint --lint --quiet wagtail_privacy example_site
	$(BIN)/lint-imports --no-logo
	$(BIN)/python scripts/architecture.py check
	$(BIN)/python scripts/messages.py check

docs: $(VENV)/.docs
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet

# Python x Django x Wagtail are tox's environments; here comes the database. Much longer than .ci/run, which takes two corners.
TOX ?= $(BIN)/tox
ENVIRONMENTS ?= $(shell $(TOX) list --no-desc -d -q)
DATABASES ?= sqlite postgres mysql
comma := ,
space := $(subst ,, )
matrix: $(if $(filter $(BIN)/tox,$(TOX)),$(VENV)/.dev)
	$(if $(DRY),@echo,$(TOX) run --skip-missing-interpreters false -e) $(subst $(space),$(comma),$(strip \
	  $(foreach environment,$(ENVIRONMENTS),$(foreach database,$(DATABASES),$(environment)$(patsubst %,-%,$(filter-out sqlite,$(database)))))))

bench: $(VENV)/.test $(VENV)/.compiled
	@$(BIN)/python -m benchmarks $(ARGS)

messages: $(VENV)/.demo
	$(BIN)/python scripts/messages.py extract
	$(BIN)/python scripts/messages.py compile

compile: $(VENV)/.demo $(VENV)/.compiled

clean:
	rm -rf $(VENV) build dist *.egg-info example_site/db.sqlite3* locale/*/LC_MESSAGES/*.mo example_site/locale/*/LC_MESSAGES/*.mo

# An environment of another Python is made anew; one of the same Python is kept.
$(INTERPRETER):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed; $(PYTHON) is $(or $(VERSION),not found). Say which: make PYTHON=python3.12 $(MAKECMDGOALS)"; \
	  exit 1; }
	@test "$$($(BIN)/python $(VERSION_OF) 2>/dev/null)" = "$(VERSION)" || $(PYTHON) -m venv --clear $(VENV)
	@rm -f $(VENV)/.python-* && touch $@

# What is installed for development is enough for the docs and the tests, and that for the demo.
ENOUGH_demo := .demo
ENOUGH_test := .test .demo
ENOUGH_docs := .docs
ENOUGH_dev := .dev .docs .test .demo

$(VENV)/.demo $(VENV)/.docs $(VENV)/.test $(VENV)/.dev: $(VENV)/.%: $(INTERPRETER) $(PACKAGE)
	@echo "Installing into $(VENV) …"
	@$(PIP_INSTALL) --editable '.[$*]'
	@touch $(addprefix $(VENV)/,$(ENOUGH_$*))

$(VENV)/.compiled: $(CATALOGUES) scripts/messages.py | $(INTERPRETER)
	@$(BIN)/python scripts/messages.py compile
	@touch $@
