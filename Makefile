# Polyphony. "make help" says what there is.
.DEFAULT_GOAL := help
.PHONY: help run setup test test-wordpress lint bench messages

PYTHON ?= python3
SETUP = $(PYTHON) -m campaign_site.setup

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 24

run: ## Set up what is missing, then start web server and worker (Ctrl-C stops both)
	@exec $(SETUP) run

setup: ## Set up what is missing, and stop there
	@exec $(SETUP) setup

test: ## Lint, then every test, on SQLite and on PostgreSQL where it is installed
	@exec $(SETUP) test

test-wordpress: ## See a pasted clip play in a real WordPress (takes Debian's packages apart, installs nothing)
	@exec $(SETUP) test-wordpress

lint: ## Look for mistakes and untidiness without running anything
	@exec $(SETUP) lint

bench: ## Measure the pipeline against the peers' ways (ARGS="--quick" for a short look)
	@exec $(SETUP) bench $(ARGS)

messages: ## Bring locale/ up to date with the sentences in the source
	@exec $(SETUP) messages
