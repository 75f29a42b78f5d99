# The shop's commands; `make` alone lists them.
PYTHON ?= $(shell for one in python3.13 python3.12 python3.11 python3; do \
	$$one -c "import ensurepip, sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))" 2>/dev/null \
	&& echo $$one && break; done)
BIN := .venv/bin
APP := .venv/installed-app
TEST := .venv/installed-test
MUTANTS := .venv/installed-mutants

unexport PYTHONDONTWRITEBYTECODE # compiled once, not in each process that the tests start

# $(call beside_lint,TESTS) runs both at once: lint tells when it ends, again at the end if it failed
define beside_lint
	@log=$$(mktemp); trap 'rm -f "$$log"' EXIT; \
	{ $(MAKE) --no-print-directory lint >"$$log" 2>&1; linted=$$?; echo; cat "$$log"; exit $$linted; } & \
	echo '$(1)'; $(1); tested=$$?; \
	wait $$!; linted=$$?; \
	test $$linted -eq 0 || { cat "$$log"; echo "lint failed"; }; \
	test $$tested -eq 0 -a $$linted -eq 0
endef

.PHONY: help run test check proofs prove bench mutants lint words clean

help: ## List the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

run: $(APP) ## Serve the demo shop and its worker on http://127.0.0.1:$${PORT:-8000}
	@exec env STOREFRONT_ENV="$${STOREFRONT_ENV:-demo}" $(BIN)/storefront serve --parent $$PPID

test: $(TEST) ## Everything but the proofs: checks, unit tests, browser tests
	$(call beside_lint,$(BIN)/python -m pytest --numprocesses 2 --dist loadfile -m "not proof")

check: $(TEST) ## The fast loop: format, lint, types, import rules, templates, unit tests of the rules
	$(call beside_lint,$(BIN)/python -m pytest --numprocesses auto --dist loadfile -m "not web" tests/unit)

proofs: $(TEST) ## The proofs (races, kills, faults, fuzz) at small count, on SQLite and PostgreSQL
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile -m proof

prove: $(TEST) ## The long proofs at full count (only=NAME for one); writes docs/reliability.md
	STOREFRONT_PROOF=full $(BIN)/python -m pytest -m proof -k "$(only)"

lint: $(TEST)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/djlint storefront/templates --lint --quiet

mutants: $(MUTANTS) ## Break the rules that hold the money one by one, and list what no test notices
	rm -rf mutants
	$(BIN)/mutmut run --max-children 2
	$(BIN)/mutmut results

bench: $(TEST) ## How fast and light the shop is, beside its budgets; only="load sizes": parts
	$(BIN)/python -m bench $(only)

words: $(TEST) ## Collect the texts of templates and code, keep and compile their English, list what is to be done
	$(BIN)/python -m tools.words

clean: ## Forget the demo shop's data and what was installed
	rm -rf instance .venv

$(APP): pyproject.toml requirements/app.txt
	@test -n "$(PYTHON)" || { echo "Install Python 3.11, 3.12 or 3.13 with its venv module."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/build.txt -r requirements/app.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(MUTANTS): $(TEST) requirements/mutants.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/mutants.txt
	@touch $@

$(TEST): $(APP) requirements/test.txt requirements/postgresql.txt requirements/redis.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt \
		-r requirements/postgresql.txt -r requirements/redis.txt
	@touch $@
