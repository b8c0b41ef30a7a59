# The portal's commands. Needed: Python 3.11 or newer, git, make. `make` alone lists them.

PYTHON ?= python3
BIN := .venv/bin
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/django.po))
TEMPLATES = $(shell git ls-files '*.html')
# Where this is set, each of the many processes that a command starts would compile 1,500 modules anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run setup test lint format drills screenshots bench messages lock environment test-environment
.DEFAULT_GOAL := help

help:
	@echo "make run       the whole portal on this machine, with samples: pages, mailbox, accounts are printed"
	@echo "make setup     only the environment, the tables and the reference data"
	@echo "make test      the whole suite, against its own servers"
	@echo "make lint      what the code must look like;  make format mends it"
	@echo "make drills    the drills of safety.md: long, with figures"
	@echo "make screenshots  the pictures of the coordinators' walk-through, taken anew"
	@echo "make bench     the benchmarks"
	@echo "make messages  gather new sentences into the catalogues (needs gettext)"
	@echo "make lock      compile requirements/*.txt anew from pyproject.toml"

run: environment $(CATALOGUES)
	@$(BIN)/python manage.py run

setup: environment $(CATALOGUES)
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py load_reference

test: test-environment $(CATALOGUES)
	@$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder $(ARGS)

lint: test-environment
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/djade --check --target-version 5.2 $(TEMPLATES)

format: test-environment
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .
	@$(BIN)/djade --target-version 5.2 $(TEMPLATES)

# With the files of the suite that stand for goals without a longer drill.
drills: test-environment $(CATALOGUES)
	@$(BIN)/python -m pytest -o addopts="-p tests.servers --strict-markers -p no:cacheprovider" -o timeout=3600 -v $(or $(ARGS),tests/drills $$($(BIN)/python -c 'from tests.drills.figures import SUITE; print(*SUITE)'))

# The pictures of docs/coordinator.md, taken on the road that its figures were counted on: one seed draws each of its widths.
screenshots: test-environment $(CATALOGUES)
	@for seed in 0 1; do SEED=$$seed SCREENSHOTS=docs/coordinator $(BIN)/python -m pytest -q tests/browser/test_coordinator.py || exit; done

bench: test-environment $(CATALOGUES)
	@$(BIN)/python -m benchmarks $(ARGS)

messages: test-environment
	@$(BIN)/python manage.py makemessages -l ar -l fr -l es --no-location --no-wrap --ignore .venv --ignore .local
	@$(MAKE) --no-print-directory catalogues

lock: test-environment
	@printf 'uv\n' | $(COMPILE) - -o requirements/uv.txt
	@$(COMPILE) pyproject.toml --extra s3 -o requirements/production.txt
	@$(COMPILE) pyproject.toml --extra s3 --group local -c requirements/production.txt -o requirements/local.txt
	@$(COMPILE) pyproject.toml --extra s3 --group local --group test -c requirements/production.txt -o requirements/test.txt

COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate

environment:
	@$(PYTHON) -I portal/local/environment.py local

test-environment:
	@$(PYTHON) -I portal/local/environment.py test

.PHONY: catalogues
catalogues: $(CATALOGUES)

# Order-only: an environment made anew leaves the catalogues as they are.
%.mo: %.po | $(if $(filter run setup,$(MAKECMDGOALS)),environment,test-environment)
	@$(BIN)/pybabel --quiet compile --domain django --input-file $< --output-file $@
