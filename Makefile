SWIFT ?= swift
JOBS ?= $(shell nproc 2>/dev/null || echo 2)
HOST ?= 127.0.0.1
PORT ?= 8080
DATABASE ?= labplan.sqlite
# With which seed `make rehearse` and its like begin; `N` says how many they try.
SEED ?= 1
SECONDS ?= 3600
# Where `make install` puts what belongs to labplan; DESTDIR goes before it.
PREFIX ?= /usr/local
DESTDIR ?=

# One file that needs libsqlite3 and nothing else, starts sooner and takes less memory.
RELEASE = $(SWIFT) build -c release -j $(JOBS) --static-swift-stdlib -Xlinker -s

.PHONY: help run test lint format bench bench-plan bench-http bench-addresses bench-connections \
  bench-recommend bench-netlab race-test rehearse kill-test recommend-oracle properties \
  fault-test fuzz api-fuzz browser-test hostile-bench soak install dist deb \
  package-test setup clean

help: ## Say what there is to make
	@grep -E '^[a-z-]+:.*## ' Makefile | sed 's/:.*## /\t/' | expand -t 14

run: setup ## Build and serve on 127.0.0.1:8080, with a database in this folder
	$(RELEASE) --product labplan
	exec .build/release/labplan serve --host $(HOST) --port $(PORT) --database $(DATABASE)

test: setup ## Run every test
	$(SWIFT) build --build-tests -j $(JOBS) --explicit-target-dependency-import-check error
	$(SWIFT) test --skip-build

lint: ## Check the format of every source file
	$(SWIFT) format lint --strict --recursive Sources Tests Benchmarks Package.swift

format: ## Bring every source file into form
	$(SWIFT) format --in-place --recursive Sources Tests Benchmarks Package.swift

bench: bench-plan bench-http ## Time the planner, and the service beside nginx

bench-plan: setup ## Time the planner on labs of 3 to 5,000 VMs
	$(RELEASE) --product PlanBench
	.build/release/PlanBench

bench-http: setup ## Time the service beside nginx, and durable writes beside a C program
	$(RELEASE) --product labplan
	scripts/bench-http.sh .build/release/labplan

bench-addresses: setup ## Time the next free address, beside a bare commit of SQLite
	$(RELEASE) --product labplan
	scripts/bench-addresses.sh .build/release/labplan

bench-connections: N = 10000
bench-connections: setup ## Hold N idle connections: memory, and how fast others are answered
	$(RELEASE) --product labplan
	N=$(N) scripts/bench-connections.sh .build/release/labplan

bench-recommend: setup ## Time recommendations for random questions, and say how many are proven
	$(RELEASE) --product RecommendBench
	.build/release/RecommendBench

bench-netlab: setup ## Plan the same labs with netlab (from PyPI) and labplan: SIZES="50 200 1000"
	$(RELEASE) --product labplan
	scripts/bench-netlab.sh .build/release/labplan

race-test: setup ## 64 clients take 100 addresses each from two services, which are killed meanwhile
	$(SWIFT) build --build-tests -j $(JOBS)
	LABPLAN_REQUESTS=100 $(SWIFT) test --skip-build --filter NextFreeKillTests

rehearse: N = 2000
rehearse: setup ## Hold N random labs against real packets (root on Linux): make rehearse N=2000
	$(SWIFT) build --build-tests -j $(JOBS)
	LABPLAN_REHEARSALS=$(N) LABPLAN_SEED=$(SEED) $(SWIFT) test --skip-build --filter RandomLabRehearsalTests

kill-test: N = 500
kill-test: setup ## Kill the service N times while clients write; nothing acknowledged is lost: make kill-test N=500
	$(SWIFT) build --build-tests -j $(JOBS)
	LABPLAN_KILLS=$(N) LABPLAN_SEED=$(SEED) $(SWIFT) test --skip-build --filter KillTests

recommend-oracle: N = 20000
recommend-oracle: setup ## Hold N recommendations against every small lab: make recommend-oracle N=20000
	$(RELEASE) --product RecommendationContest
	.build/release/RecommendationContest $(N) $(SEED)

properties: N = 2000
properties: setup ## Hold N random labs against what is true of every lab: make properties N=2000
	$(SWIFT) build --build-tests -j $(JOBS)
	LABPLAN_LABS=$(N) LABPLAN_SEED=$(SEED) $(SWIFT) test --skip-build \
	  --filter 'ConnectivityPropertyTests|RemedyPropertyTests|MatrixOracleTests|ThreeRulesTests'

fault-test: N = 100
fault-test: setup ## Full disks, failing syncs, writes and reads, N times under load (strace; root for full disks)
	@command -v strace >/dev/null || echo "fault-test needs strace: sudo apt-get install strace" >&2
	$(SWIFT) build --build-tests -j $(JOBS)
	LABPLAN_FAULTS=$(N) LABPLAN_SEED=$(SEED) $(SWIFT) test --skip-build --filter 'DiskFaultTests|FaultsUnderLoadTests'

fuzz: setup ## Throw changed input at every parser for SECONDS, an hour by itself: make fuzz SECONDS=600
	$(SWIFT) build --build-tests -j $(JOBS)
	LABPLAN_FUZZ_SECONDS=$(SECONDS) LABPLAN_SEED=$(SEED) $(SWIFT) test --skip-build --filter FuzzTests

api-fuzz: setup ## Let schemathesis (PyPI) think up requests from openapi.yaml: make api-fuzz MINUTES=30 EXAMPLES=1000
	$(RELEASE) --product labplan
	scripts/api-fuzz.sh .build/release/labplan

hostile-bench: SAMPLE = 1
hostile-bench: setup ## Send every operation the worst that its limits let in, and check what it costs
	$(RELEASE) --product labplan
	scripts/hostile-bench.py .build/release/labplan --seed $(SEED) --sample $(SAMPLE) \
	  --failures .build/hostile-failures

browser-test: setup ## Try the dashboard in a real Chromium (playwright and axe-playwright-python, from PyPI)
	$(SWIFT) build --product labplan -j $(JOBS)
	scripts/browser-test.sh .build/debug/labplan

soak: MINUTES = 60
soak: setup ## Writers, streams, planners, hostile clients and slow readers at once: make soak MINUTES=60
	$(RELEASE) --product labplan
	MINUTES=$(MINUTES) SEED=$(SEED) scripts/soak.py .build/release/labplan

install: setup ## Install the command, its man page, completions and systemd unit: make install PREFIX=/usr/local
	$(RELEASE) --product labplan
	scripts/install.sh .build/release/labplan "$(DESTDIR)" "$(PREFIX)"

dist: setup ## Make a tarball in dist/, with its checksum; the same bytes each time
	$(RELEASE) --product labplan
	scripts/package.sh dist .build/release/labplan dist

deb: setup ## Make a .deb in dist/, with its checksum; the same bytes each time
	$(RELEASE) --product labplan
	scripts/package.sh deb .build/release/labplan dist

package-test: setup ## Make the packages twice, install them in a clean root, and run the container image
	$(RELEASE) --product labplan
	scripts/package-test.sh .build/release/labplan

setup:
	@scripts/setup.sh

clean: ## Remove what was built
	$(SWIFT) package clean
