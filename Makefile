# make run   sets everything up and serves the site on http://127.0.0.1:8000 (PORT= changes it)
# make test  sets everything up and runs all tests
# make dev   serves with reload and the debug toolbar
# make admin creates an administrator
# make check lint, types, layers, templates, migrations
# make bench measures

PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
BIN := .venv/bin
COURSES := $(patsubst %/course.yaml,%,$(wildcard fixtures/*/course.yaml))
STATIC := $(shell find */static -type f 2>/dev/null)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run dev test check bench admin setup

run: setup var/static/.done
	@echo "Footnote is at http://$(HOST):$(PORT)"
	@$(BIN)/granian --interface wsgi --host $(HOST) --port $(PORT) --no-ws \
		--workers $$($(BIN)/python -c "import os; print(os.cpu_count() or 1)") --blocking-threads 1 config.wsgi:application

dev: export DEBUG := true
dev: .venv/.dev setup
	$(BIN)/python manage.py runserver $(HOST):$(PORT)

setup: .venv/.run
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py createcachetable
	@for course in $(COURSES); do $(BIN)/python manage.py load_course $$course || exit 1; done

admin: setup
	$(BIN)/python manage.py createsuperuser

test: .venv/.dev
	@$(BIN)/python -m tests.chromium
	$(BIN)/pytest -n auto --dist loadgroup

check: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --quiet --lint ui accounts sources quizzes courses progress
	$(BIN)/lint-imports --no-cache
	$(BIN)/mypy .
	$(BIN)/python manage.py makemigrations --check --dry-run
	@for course in $(COURSES); do $(BIN)/python manage.py check_course $$course || exit 1; done

bench: .venv/.dev
	@for bench in bench/[a-z]*.py; do $(BIN)/python -m bench.$$(basename $$bench .py) || exit 1; done

var/static/.done: .venv/.run $(STATIC)
	@$(BIN)/python manage.py collectstatic --noinput --clear --verbosity 0
	@touch $@

.venv/.run: requirements.txt
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || { echo "Footnote needs Python 3.11 or newer (PYTHON= names another one)."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing packages ..."
	@$(BIN)/python -m pip install --quiet -r requirements.txt
	@touch $@

.venv/.dev: .venv/.run requirements-dev.txt
	@echo "Installing packages for tests ..."
	@$(BIN)/python -m pip install --quiet -r requirements-dev.txt
	@touch $@
