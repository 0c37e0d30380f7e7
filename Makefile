# `make help` lists what there is. PORT and DUIXIAN_DATA_DIR in the environment say where `make run` serves and keeps.

PYTHON := .venv/bin/python
# The first Python from 3.11 on; PYTHON3=… names another.
PYTHON3 ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
INSTALL = @test -n "$(PYTHON3)" || { echo "error: Duixian needs Python 3.11 or newer, and there is none." >&2; exit 1; }; \
	$(PYTHON3) backend/local/install.py
# Servers of its own for one command.
WITH_SERVERS := $(PYTHON) -m backend.local exec
# Keeps the versions that are locked; ARGS=--upgrade moves on.
LOCK = .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	$(ARGS) --output-file
# Tests whose outcome could depend on the day or the hour.
CLOCK_TESTS := tests/clock $(addprefix tests/projects/,test_days.py test_sitemaps.py admin/test_list_filters.py \
	admin/test_status_form.py admin/test_access_admin.py api/test_response_cache.py api/test_clock.py templatetags/test_tracker_admin.py \
	views/test_places.py)
CODE := backend projects seeds tests manage.py $(wildcard bench)
# What production sets; `check --deploy` must find nothing to say about it.
PRODUCTION := DEBUG=0 HTTPS=1 BEHIND_PROXY=1 ALLOWED_HOSTS=duixian.example SITE_URL=https://duixian.example \
	SECRET_KEY=0123456789-not-the-key-of-any-installation-abcdefghijklmnopqrstuvwxyz

.DEFAULT_GOAL := help
.PHONY: help run test test-fast test-clock format check bench clients evaluate train examples messages backup lock runtime development

help: ## Show this list.
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST)

run: runtime ## Serve the tracker at http://127.0.0.1:8000/ until Ctrl-C.
	@$(PYTHON) -m backend.local run

test: development ## Run the tests; ARGS="-k name" picks some.
	@$(PYTHON) -m pytest --numprocesses logical --maxprocesses 4 --dist loadgroup $(ARGS)

test-fast: development ## Run the tests that need neither server nor time, in seconds.
	@$(PYTHON) -m pytest --numprocesses 0 -p no:schemathesis --hypothesis-profile fast -q -m "not servers and not slow" $(ARGS)

test-clock: development ## Run the tests that ask what day it is at the hours and days that are easily mistaken.
	@$(PYTHON) -m pytest -p tests.clock.plugin --numprocesses logical --maxprocesses 4 --dist loadgroup $(CLOCK_TESTS) $(ARGS)

format: development ## Bring the code into its form.
	@$(PYTHON) -m ruff check --fix --quiet $(CODE)
	@$(PYTHON) -m ruff format --quiet $(CODE)

check: development ## Check style, types, the directions of imports, migrations, settings and the compose file.
	$(PYTHON) -m ruff check $(CODE)
	$(PYTHON) -m ruff format --check $(CODE)
	$(PYTHON) -m mypy $(CODE)
	.venv/bin/lint-imports
	$(WITH_SERVERS) $(PYTHON) -W error manage.py makemigrations --check --dry-run
	$(WITH_SERVERS) $(PYTHON) -W error -m pytest -q tests/test_migrations.py tests/test_compose.py
	$(PRODUCTION) $(WITH_SERVERS) $(PYTHON) -W error manage.py check --deploy --fail-level WARNING

bench: export API_RATE_ANONYMOUS := off
bench: development ## Run every benchmark of bench/, one after another.
	@set -e; for script in $$(grep -l '__main__' bench/*.py); do echo "== $$script"; $(PYTHON) $$script; done

clients: development ## Let other tools lint the OpenAPI document and make clients of it; needs npm, Java and a network.
	@$(PYTHON) -m pytest --numprocesses 0 -q tests/clients/clients.py $(ARGS)

evaluate: development ## Score the extractor and the matcher against what people reviewed.
	@$(PYTHON) manage.py evaluate $(ARGS)

train: development ## Fit the score of pieces to labelled reports; ARGS="FOLDER --aside CODE-YEAR… --out FILE".
	@$(PYTHON) manage.py train $(ARGS)

examples: development ## Ask a fresh site anew for the examples of the OpenAPI document; look at what changes.
	@WRITE_EXAMPLES=1 $(PYTHON) -m pytest --numprocesses 0 -q tests/docs/test_examples.py -k answers_of_today

messages: development ## Bring the English catalog in step with the sources and list what has no translation.
	@$(PYTHON) -m tests.projects.messages

backup: runtime ## Write database and files of the running site into one archive; ARGS="--to DIR" says where.
	@$(PYTHON) manage.py backup $(ARGS)

lock: development ## Lock what requirements*.in name, with hashes; ARGS=--upgrade takes the newest versions.
	$(LOCK) requirements.txt requirements.in
	$(LOCK) requirements-dev.txt requirements-dev.in

runtime:
	$(INSTALL) requirements.txt

development:
	$(INSTALL) requirements-dev.txt
