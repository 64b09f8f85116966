# Polyphony. "make help" says what there is.
.DEFAULT_GOAL := help
.PHONY: help run setup test test-all test-wordpress lint bench bench-site messages

PYTHON ?= python3
SETUP = $(PYTHON) -m campaign_site.setup

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 24

run: ## Set up what is missing, then start web server and worker (Ctrl-C stops both)
	@exec $(SETUP) run

setup: ## Set up what is missing, then stop
	@exec $(SETUP) setup

test: ## Lint and the tests, on SQLite and on PostgreSQL where it is installed (ARGS="tests/exchange": that part alone)
	@exec $(SETUP) test $(ARGS)

test-all: ## The same with all that "make test" takes samples of: every language, clip and hostile file
	@exec $(SETUP) test-all

test-wordpress: ## Test a pasted clip in a real WordPress (unpacks Debian's packages, installs nothing)
	@exec $(SETUP) test-wordpress

lint: ## Check the source code without running it
	@exec $(SETUP) lint

bench: ## Measure the media pipeline against other methods (ARGS="--quick" for a short run)
	@exec $(SETUP) bench $(ARGS)

bench-site: ## Measure the site: what visitors notice of clients that stall (ARGS="--quick" for a short run)
	@exec $(SETUP) bench-site $(ARGS)

messages: ## Update locale/ with the messages in the source
	@exec $(SETUP) messages
