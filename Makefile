# make demo    installs what is missing, builds, and runs the example: exam results to verified badges
# make test    the same set-up, then the whole test suite
# make lint    format and style
# make docs    writes docs/checks.md anew, from the code
# make bench   speed, as ratios to OpenSSL's own in the same run
# make install copies the command to PREFIX/bin

SHELL := /bin/bash
.ONESHELL:
.SHELLFLAGS := -eu -o pipefail -c
.PHONY: demo test lint docs bench build install setup clean

PACKAGES := libssl-dev libcurl4-openssl-dev zlib1g-dev libsqlite3-dev pkg-config
PREFIX ?= /usr/local
# A fixed address spares each start 90,000 relocations, a quarter of its time; the code that reads hostile input is
# memory-safe, and the C libraries stay where the system puts them.
RELEASE := -c release --static-swift-stdlib -Xlinker --no-pie

# The official suites stand beside the checkout where there are any; without them their tests say that they skip.
CONFORMANCE := $(abspath ../shared/conformance)
ifneq ($(wildcard $(CONFORMANCE)/README.txt),)
export OPENBADGES_CONFORMANCE ?= $(CONFORMANCE)
endif

setup:
	@command -v swift >/dev/null || { echo "make: Swift 6.2 or newer is needed: https://www.swift.org/install" >&2; exit 1; }
	missing=()
	for package in $(PACKAGES); do
	    dpkg-query -W -f '$${Status}' "$$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$$package")
	done
	[ $${#missing[@]} -eq 0 ] && exit 0
	if ! command -v apt-get >/dev/null; then
	    echo "make: please install what Debian calls: $${missing[*]}" >&2; exit 1
	elif [ "$$(id -u)" -eq 0 ]; then
	    run=()
	elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
	    run=(sudo)
	else
	    echo "make: system packages are missing; run this once, then make again:" >&2
	    echo "  sudo apt-get update && sudo apt-get install -y $${missing[*]}" >&2; exit 1
	fi
	echo "make: installing $${missing[*]}"
	"$${run[@]}" apt-get update -qq
	DEBIAN_FRONTEND=noninteractive "$${run[@]}" apt-get install -y -qq "$${missing[@]}" >/dev/null

build: setup
	@swift build $(RELEASE) --product badge

demo: build
	@Examples/stsi/demo "$$(swift build $(RELEASE) --show-bin-path)/badge"

test: setup
	@swift build --build-tests
	# Tests of the network measure time, and the others leave no processor free: so one after the other.
	swift test --skip-build --filter 'TransportTests|WebLoaderTests'
	swift test --skip-build --skip 'TransportTests|WebLoaderTests'

lint:
	@swift format lint --strict --recursive Package.swift Sources Tests Benchmarks Examples

docs: build
	@mkdir -p docs
	"$$(swift build $(RELEASE) --show-bin-path)/badge" checks --markdown > docs/checks.md.new
	mv docs/checks.md.new docs/checks.md

bench: setup
	@Benchmarks/run

install: build
	@install -D "$$(swift build $(RELEASE) --show-bin-path)/badge" "$(DESTDIR)$(PREFIX)/bin/badge"
	echo "installed $(DESTDIR)$(PREFIX)/bin/badge"

clean:
	@swift package clean
