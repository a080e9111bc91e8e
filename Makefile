# `make run` and `make test` do everything on a fresh machine with Python 3.11 or newer, git and make.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test lint clean

run: export DEMO ?= 1
run: export PLANS ?= 1
run: export PORT := $(PORT)
run: export SIGNATORY ?= Alex Administrator
run: export SIGNATORY_TITLE ?= Demonstration only
run: export PUBLIC_URL ?= http://127.0.0.1:$(PORT)
run: $(VENV)/.installed
	@$(BIN)/flask --app app db upgrade
	@$(BIN)/flask --app app demo load
	@$(BIN)/flask --app app jobs serve --port $(PORT)

test: $(VENV)/.installed-dev lint
	$(BIN)/python -m pytest -n auto --dist loadgroup

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

$(VENV)/.installed: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed (PYTHON=... chooses one)."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@sh .ci/system-libraries pango
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@sh .ci/system-libraries browser
	@touch $@

clean:
	rm -rf $(VENV) instance
