# make help visar vad som finns. Allt annat än make och python3 installeras av målen själva, och bara en gång.

SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PERIOD ?=
PYTEST_ARGS ?=
TACKNING ?=

.DEFAULT_GOAL := help
.PHONY: help installera kvartal test test-slump test-allt check bench exempel paket stada

help: ## Visa de här raderna
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

installera: $(VENV)/.klar ## Installera verktyget i .venv

kvartal: $(VENV)/.klar ## Gör kvartalsrapporten (PERIOD=2022-K1 för ett visst kvartal)
	@$(BIN)/uppfoljning kvartal $(PERIOD)

test: $(VENV)/.klar-$(if $(TACKNING),utveckling,test) ## Kör testerna (TACKNING=1 mäter också vilken kod de kör)
	$(BIN)/python -m pytest -q -n auto -m "not tung" $(if $(TACKNING),--cov --cov-report=term:skip-covered) $(PYTEST_ARGS)

test-slump: $(VENV)/.klar-test ## Kör de slumpade testerna med nya exempel, fler än i make test
	SLUMP=slump $(BIN)/python -m pytest -q -n auto -m "hypothesis and not tung" $(PYTEST_ARGS)

test-allt: $(VENV)/.klar-test $(VENV)/.klar-allt ## Kör även de tunga testerna: webbläsare, LibreOffice, Postfix, PDF-validering, processer
	$(BIN)/python -m pytest -q -n auto $(PYTEST_ARGS)

check: $(VENV)/.klar-utveckling ## Granska koden: stil och typer
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(VENV)/.klar-utveckling ## Mät tid och minne, som kvoter
	$(BIN)/python bench/bench.py

exempel: $(VENV)/.klar ## Stäng Exempelköpings två första kvartal på nytt, med verktyget som det är nu
	$(BIN)/python scripts/make_closings.py

paket: $(VENV)/.klar-utveckling ## Bygg wheel och sdist i dist/
	$(BIN)/python -m pip install --quiet build
	$(BIN)/python -m build --outdir dist

stada: ## Ta bort den virtuella miljön och allt som byggts
	rm -rf $(VENV) dist .coverage* .hypothesis .mypy_cache .pytest_cache .ruff_cache

$(VENV)/.klar: pyproject.toml versioner.txt scripts/forbered
	@scripts/forbered "$(PYTHON)" "$(VENV)" .
	@touch $@

$(VENV)/.klar-test: $(VENV)/.klar
	@scripts/forbered "$(PYTHON)" "$(VENV)" ".[test]"
	@touch $@

$(VENV)/.klar-utveckling: $(VENV)/.klar-test
	@scripts/forbered "$(PYTHON)" "$(VENV)" ".[utveckling]"
	@touch $@

$(VENV)/.klar-allt: $(VENV)/.klar-test
	@scripts/forbered "$(PYTHON)" "$(VENV)" ".[test,webblasare]" webblasare
	@touch $@
