# `make help` lists what there is. PORT and DUIXIAN_DATA_DIR in the environment change where `make run` serves and keeps.

VENV := .venv
PYTHON := $(VENV)/bin/python
RUNTIME := $(VENV)/runtime.stamp
DEVELOPMENT := $(VENV)/development.stamp
CHECKED := backend projects seeds tests manage.py $(wildcard bench)

.DEFAULT_GOAL := help
.PHONY: help run test check bench evaluate
.DELETE_ON_ERROR:

help: ## Show this list.
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1|\2/' | column -t -s '|' 2>/dev/null || true

run: $(RUNTIME) ## Serve the tracker at http://127.0.0.1:8000/ until Ctrl-C.
	@$(PYTHON) -m backend.local run

test: $(DEVELOPMENT) ## Run all tests.
	@$(PYTHON) -m pytest $(ARGS)
