# Two commands are all there is to know: make run, make test. The rest is for those who change the program.
# Paths are relative, so the checkout may lie in a folder with spaces and accents.

PYTHON ?= python3
VENV_PYTHON := .venv/bin/python
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run test check bench torture translations lock ready ready-tests

help:
	@echo "make run           the window on the sample archive (without a screen: a tour, with pictures in build/tour)"
	@echo "make test          all tests; make test ARGS='tests/czech -x' runs some of them"
	@echo "make check         ruff, mypy, import contracts, translations in step"
	@echo "make bench         how fast it is here"
	@echo "make torture       kills, full disks and two writers, thousands of times (SHARE=10: every tenth)"
	@echo "make translations  collect the sentences of the program into resources/locale and compile them"
	@echo "make lock          choose the newest allowed versions of the libraries anew"

ready:
	@$(PYTHON) packaging/bootstrap.py

ready-tests:
	@$(PYTHON) packaging/bootstrap.py --tests

run: ready
	@if [ "$$(uname)" = Linux ] && [ -z "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		$(VENV_PYTHON) -m tests.journeys.tour build/tour; \
	else \
		$(VENV_PYTHON) -m kpss_desktop --sample; \
	fi

# In the order of the folders: else files of few tests come last, and those of tests/hostile are the longest of all.
test: ready-tests
	@$(VENV_PYTHON) -m pytest -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

check: ready-tests
	@$(VENV_PYTHON) -m ruff check .
	@$(VENV_PYTHON) -m ruff format --check .
	@$(VENV_PYTHON) -m mypy
	@$(VENV_PYTHON) -m mypy packaging/bootstrap.py packaging/translations.py
	@.venv/bin/lint-imports
	@$(VENV_PYTHON) packaging/translations.py --check

# Folders stay until the next run: ext4 makes files slowly for minutes after many were deleted.
bench: ready-tests
	@$(VENV_PYTHON) -m pytest --override-ini addopts= --override-ini tmp_path_retention_policy=all --import-mode=importlib --timeout 0 -q -s tests/benchmarks $(ARGS)

torture: ready-tests
	@$(VENV_PYTHON) -m pytest --override-ini addopts= --import-mode=importlib --timeout 0 -q -s tests/torture $(ARGS)

translations: ready
	@$(VENV_PYTHON) packaging/translations.py

# UPGRADE= keeps the versions that are locked and only adds or drops libraries.
UPGRADE ?= --upgrade
lock: ready
	@$(VENV_PYTHON) -m uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
		--python-version 3.11 --all-extras $(UPGRADE) pyproject.toml --output-file packaging/requirements.lock
