# make run    build, load examples/ and serve them on 127.0.0.1:8080
# make check  quick checks for everyday work: no Neo4j, no race detector
# make test   every check, with a Neo4j server of its own and the race detector; CI runs this
# make bench  benchmarks against the drivers alone and Neo4j's own HTTP API, into docs/benchmarks.md (15 minutes);
#             BENCH=short: smaller, to the terminal only (4 minutes)
# make interop  reads exports back with networkx and pandas, and lets schemathesis loose on the server; STORE=sqlite:FILE checks the exports of another graph than the examples
# make neo4j  a Neo4j server on 127.0.0.1:7687 for use by hand
# make dist   programs for Linux, macOS and Windows in dist/
# make clean  remove what was built; the Neo4j jars and the data of `make neo4j` stay

VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
LDFLAGS := -ldflags '-X main.version=$(VERSION)'

# Go leaves folders that begin with a dot out of ./...
PACKAGES := ./... ./.ci/neo4j ./.ci/testsum

.PHONY: run build tools static check test bench interop neo4j dist clean

# The examples are loaded anew: another edition of the program could not add to what the last one made.
run: build
	rm -f build/examples.db build/examples.db-*
	build/reformgraph --store sqlite:build/examples.db load --quiet examples
	build/reformgraph --store sqlite:build/examples.db serve --listen 127.0.0.1:8080

build:
	go build $(LDFLAGS) -o build/ ./cmd/reformgraph

tools:
	go build -o build/ci/ ./.ci/neo4j ./.ci/testsum

static:
	@unformatted=$$(gofmt -l .) && if [ -n "$$unformatted" ]; then \
		echo "not formatted; run gofmt -w on:"; echo "$$unformatted"; exit 1; fi
	go vet $(PACKAGES)
	go tool staticcheck $(PACKAGES)
	go build ./...

check: static tools
	REQUIRE_NEO4J= REFORMGRAPH_TEST_NEO4J_URI= build/ci/testsum $(PACKAGES)

# -count=1: a result kept from an earlier run says nothing about the server of this one.
test: static tools
	race=$$(.ci/race) && exec build/ci/neo4j exec build/ci/testsum $$race -count=1 -timeout 13m $(PACKAGES)

BENCH := full
bench: tools
	go build -o build/ci/ ./cmd/bench
	REFORMGRAPH_NEO4J_HEAP=1g build/ci/neo4j exec build/ci/bench -scale $(BENCH) $(if $(filter full,$(BENCH)),-write docs/benchmarks.md)

INTEROP := build/interop
interop: build
	mkdir -p $(INTEROP)
	[ -x $(INTEROP)/venv/bin/python ] || python3 -m venv $(INTEROP)/venv
	$(INTEROP)/venv/bin/pip install --quiet --requirement .ci/interop/requirements.txt
	rm -f $(INTEROP)/examples.db $(INTEROP)/examples.db-*
	[ -n "$(STORE)" ] || build/reformgraph --store sqlite:$(INTEROP)/examples.db load --quiet examples
	$(INTEROP)/venv/bin/python .ci/interop/interop.py build/reformgraph $(or $(STORE),sqlite:$(INTEROP)/examples.db) $(INTEROP)
	$(INTEROP)/venv/bin/python .ci/interop/api.py build/reformgraph $(INTEROP)

neo4j: tools
	@build/ci/neo4j serve

dist:
	rm -rf dist
	for target in linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64; do \
		os=$${target%/*} arch=$${target#*/}; suffix=; [ $$os != windows ] || suffix=.exe; \
		CGO_ENABLED=0 GOOS=$$os GOARCH=$$arch go build -trimpath $(LDFLAGS) \
			-o dist/reformgraph-$$os-$$arch$$suffix ./cmd/reformgraph || exit 1; \
	done

clean:
	rm -rf dist
	if [ -d build ]; then find build -mindepth 1 -maxdepth 1 ! -name neo4j -exec rm -rf {} +; fi
