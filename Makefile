# Two commands matter: `make run` and `make test`. Each brings what it needs on a Debian machine with Rust.

ADDR ?= 127.0.0.1:8080

.PHONY: run test check dev bundle bench bench-page bench-receive bench-upload fuzz clean

# Build the optimised app and serve it, with a receiver for what it sends on the same address.
run:
	@tools/provision run
	@tools/bundle release
	@echo "run: building the server"
	@cargo build --quiet --release
	@target/release/asesmen receive --app dist --addr $(ADDR) --store received --key receiver-key.pem

# Everything: native suites, and the real app in three browsers.
test:
	@tools/provision test
	@tools/bundle release
	@echo "test: running all suites"
	@. tools/versions; export GECKODRIVER NPM_TEST PYTHON_TEST PYTHON_OPENAPI WEED; cargo test --no-fail-fast --test suite

# Format, lints with warnings denied natively and for the browser, and the rules of the house.
check:
	@tools/provision run
	cargo fmt --all --check
	cargo clippy --quiet --workspace --all-targets -- -D warnings
	cargo clippy --quiet --target wasm32-unknown-unknown -- -D warnings
	cargo test --quiet --test suite tidy

# Build fast without optimisation and serve.
dev:
	@tools/provision run
	@tools/bundle dev
	@cargo build --quiet
	@target/debug/asesmen receive --app dist --addr $(ADDR) --store received --key receiver-key.pem

# Build the optimised app into dist/ and print what is loaded.
bundle:
	@tools/provision run
	@tools/bundle release

# How fast the form engine is, as ratios of one run; how good and how fast drawings of families are.
bench:
	@cargo bench --quiet --bench form
	@cargo bench --quiet --bench diagram

# How fast the form element is in Chromium, beside the same form written by hand; the list of 500 cases; and a tap in a
# family of 300.
bench-page:
	@tools/provision test
	@tools/bundle release
	@cargo build --quiet --release
	@node bench/run.mjs
	@node bench/caseload.mjs --rounds 3
	@node bench/family.mjs

# How many documents a second one and two receivers take, on a folder and over S3, and where the time goes.
bench-receive:
	@tools/provision test
	@cargo build --quiet --release
	@. tools/versions; export WEED; node bench/receive.mjs

# Sealed documents from Chromium to the receiver, over a good network and through one that harms a third of the requests.
COUNT ?= 10000
bench-upload:
	@tools/provision test
	@tools/bundle release
	@COUNT=$(COUNT) cargo test --quiet --test suite browser::upload::bench -- --ignored --nocapture

# What reads files against made-up input, for so long; one of the targets questionnaire, response, fhirpath, gedcom, family, json and seal.
TARGET ?= questionnaire
SECONDS ?= 600
fuzz:
	@command -v cargo-fuzz >/dev/null || cargo install cargo-fuzz --locked
	@fuzz/run $(TARGET) $(SECONDS)

clean:
	cargo clean
	rm -rf dist
