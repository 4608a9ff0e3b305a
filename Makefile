# SIGG: the targets a person calls are listed by `make help`.

.DEFAULT_GOAL := help
SHELL := /bin/sh
comma := ,

BUILD ?= build
DB ?= sigg.sqlite
LISTEN ?= 127.0.0.1:8080
CC ?= cc
ifeq ($(origin CC),default)
CC := gcc
endif
OPTIMIZE ?= -O2
SANITIZE ?=
FUZZ_SECONDS ?= 60
MAKE_ALL := $(MAKE) --no-print-directory -j$(shell nproc)

LIBRARIES := spatialite sqlite3 proj libmicrohttpd pangocairo pangoft2 cairo jansson libutf8proc libdeflate libbrotlienc libzstd libwebp icu-i18n icu-uc xlsxwriter libqpdf minizip expat libseccomp libxxhash
PKG_CFLAGS = $(shell pkg-config --cflags gdal $(LIBRARIES) | sed 's/-I/-isystem /g')
PKG_LIBS = $(shell pkg-config --libs $(LIBRARIES)) -lgeos_c -lglpk

# GDAL is not linked but loaded at its first use (geo/files/gdal_internal.h), by the
# soname that the linker would record. Tests that call it directly link it.
GDAL_FILE = $(firstword $(wildcard $(patsubst -L%,%/libgdal.so,$(shell pkg-config --libs-only-L gdal))) \
	$(shell $(CC) -print-file-name=libgdal.so))
GDAL_LIBRARY = $(shell readelf -d $(GDAL_FILE) | sed -n 's/.*(SONAME).*\[\(.*\)\]/\1/p')
GDAL_LIBS = -Wl,--as-needed $(shell pkg-config --libs gdal) -Wl,--no-as-needed

# Hardening: a memory error ends the program instead of letting an attacker in. Flags
# that the compiler does not know are left out. FORTIFY needs optimization, and hides
# errors from sanitizers.
taken = $(foreach flag,$(1),$(shell $(CC) -Werror $(flag) -x c -c /dev/null -o /dev/null 2>/dev/null && echo $(flag)))
HARDEN := $(call taken,-fstack-protector-strong -fstack-clash-protection -fcf-protection) -fPIE \
	$(if $(SANITIZE)$(filter -O0,$(OPTIMIZE)),,-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
HARDEN_LINK := -pie -Wl,-z,relro,-z,now,-z,noexecstack

CPPFLAGS += -I. -D_GNU_SOURCE
CFLAGS_ALL = -std=c11 -g $(OPTIMIZE) -Wall -Wextra -Werror $(HARDEN) $(SANITIZE) $(CPPFLAGS) $(CFLAGS) $(PKG_CFLAGS)
LIBS = $(PKG_LIBS) -lpthread -ldl -lm

SOURCES := $(filter-out server/main.c,$(wildcard geo/*/*.c styles/*.c layers/*.c layers/*/*.c server/*.c server/*/*.c))
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o)
ARCHIVE := $(BUILD)/libsigg.a
PROGRAM := $(BUILD)/sigg
UNIT_TESTS := $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(wildcard tests/unit/test_*.c))
FUZZERS := $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
REPLAYS := $(FUZZERS:%=$(BUILD)/replay/%)
HELPERS := $(patsubst tests/helpers/%.c,$(BUILD)/helpers/%,$(wildcard tests/helpers/*.c))
PRELOADS := $(patsubst tests/preload/%.c,$(BUILD)/preload/%.so,$(wildcard tests/preload/*.c))
BENCHES := $(patsubst tests/bench/%.c,$(BUILD)/bench/%,$(wildcard tests/bench/*.c))
OUR_C := $(wildcard geo/*/*.[ch] styles/*.[ch] styles/compose/*.[ch] layers/*.[ch] layers/*/*.[ch] server/*.[ch] server/*/*.[ch] \
	data/generator/*.[ch] tests/*/*.[ch])
PORTAL := $(BUILD)/portal

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

run: deps ## install what is missing, build, create the database, start the server
	@$(MAKE_ALL) build
	@test -e "$(DB)" || $(PROGRAM) --db "$(DB)" init
	@exec $(PROGRAM) --db "$(DB)" serve --listen "$(LISTEN)"

deps: ## install the Debian packages that building and running need
	@.ci/packages build

build: $(PROGRAM) ## compile build/sigg

test: ## install what the tests need, build, run all tests
	@.ci/packages build test
	@$(MAKE_ALL) build
	@$(MAKE_ALL) test-programs
	@tests/run $(BUILD)

test-programs: $(UNIT_TESTS) $(REPLAYS) $(HELPERS) $(PRELOADS) $(BUILD)/generate

asan: ## the tests under AddressSanitizer and UndefinedBehaviorSanitizer
	@.ci/packages build test
	@$(MAKE_ALL) BUILD=$(BUILD)/asan OPTIMIZE=-O1 \
		SANITIZE="-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer" build test-programs
	@SANITIZER=asan tests/run $(BUILD)/asan

tsan: ## the threaded tests under ThreadSanitizer
	@.ci/packages build test
	@$(MAKE_ALL) BUILD=$(BUILD)/tsan OPTIMIZE=-O1 \
		SANITIZE="-fsanitize=thread -fno-omit-frame-pointer" build test-programs
	@SANITIZER=tsan tests/run $(BUILD)/tsan

fuzz: ## every fuzzer for FUZZ_SECONDS (60) seconds
	@.ci/packages build fuzz
	@$(MAKE_ALL) BUILD=$(BUILD)/fuzz CC=clang OPTIMIZE=-O1 \
		SANITIZE="-fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=undefined" fuzzers
	@FUZZ_SECONDS=$(FUZZ_SECONDS) tests/fuzz/run $(BUILD)/fuzz

fuzzers: $(FUZZERS:%=$(BUILD)/%)

bench: ## install the peers, measure side by side with them
	@.ci/packages build bench
	@$(MAKE_ALL) build benches
	@tests/bench/run $(BUILD)

benches: $(BENCHES)

golden: build ## draw the golden images anew; look at them before you commit
	@tests/golden/run --update $(BUILD)

data: $(BUILD)/generate ## make the embedded data set anew
	$(BUILD)/generate data

schema: build ## write anew what the schema of a file is compared with, after a migration is added
	@tests/schema $(PROGRAM) geo/store

docs: ## draw docs/architecture.svg anew from docs/architecture.dot
	@.ci/packages docs
	dot -Tsvg docs/architecture.dot -o docs/architecture.svg

format: ## clang-format everything
	@.ci/packages lint
	clang-format -i $(OUR_C)

lint: ## clang-format, clang-tidy, cppcheck, the direction of includes and calls
	@.ci/packages build lint
	@$(MAKE_ALL) build
	@BUILD=$(BUILD) tests/lint $(OUR_C)

lint-flags:
	@echo '-std=c11 $(CPPFLAGS) $(OUTLINES_RULES) $(PKG_CFLAGS)'

clean: ## forget what was built
	rm -rf $(BUILD)

.PHONY: help run deps build test test-programs asan tsan fuzz fuzzers bench benches golden data schema \
	docs format lint lint-flags clean portal

$(PROGRAM): $(BUILD)/server/main.o $(ARCHIVE)
	@echo "LINK $@"
	@$(CC) $(SANITIZE) $(HARDEN_LINK) -o $@ $^ $(LIBS)

$(ARCHIVE): $(OBJECTS)
	@rm -f $@
	@ar rcs $@ $^

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	@echo "CC   $<"
	@$(CC) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

# libcurl is loaded in the same way, for a source that is a URL
# (geo/source/curl_internal.h).
CURL_LIBRARY = $(shell readelf -d $$($(CC) -print-file-name=libcurl.so) | sed -n 's/.*(SONAME).*\[\(.*\)\]/\1/p')

$(BUILD)/geo/files/gdal.o lint-flags: CPPFLAGS += -DGDAL_LIBRARY=\"$(GDAL_LIBRARY)\"
$(BUILD)/geo/source/source_fetch.o lint-flags: CPPFLAGS += -DCURL_LIBRARY=\"$(CURL_LIBRARY)\"

# Files built into the program (geo/base/embed.h).
$(BUILD)/geo/store/migrations.o: $(wildcard geo/store/migrations/*.sql)
$(BUILD)/geo/store/db_schema_sqlite.o: geo/store/schema_expected.sql geo/store/schema_optional.sql
$(BUILD)/geo/import/dataset.o: $(wildcard data/*.csv data/*.geojson)
$(BUILD)/layers/report/compose.o $(BUILD)/layers/report/data.o $(BUILD)/layers/report/form_examples.o $(BUILD)/layers/report/points_map.o: $(wildcard layers/report/templates/*.json)
$(BUILD)/layers/report/fault_page.o: layers/report/templates/faltas.css
$(BUILD)/geo/catalog/column_words.o: geo/catalog/columns.json
$(BUILD)/geo/figures/definitions.o: data/indicadores.json
$(BUILD)/styles/documents.o: $(BUILD)/styles.stamp
$(BUILD)/styles/documents.o: CPPFLAGS += -Wa,-I$(BUILD)/styles
$(BUILD)/server/api/pages.o: server/api/openapi.json
$(BUILD)/server/portal/portal.o: $(BUILD)/portal.stamp
$(BUILD)/server/portal/portal.o: CPPFLAGS += -Wa,-I$(PORTAL)/packed

# The sources that determine a layer's outlines. Outlines kept in a database are used
# only while these are unchanged (layers/shapes/outlines_kept.c).
OUTLINES_FROM := $(addprefix layers/shapes/,arcs.c arcs.h geometry.c merc.h outlines.c outlines.h outlines_kept.c \
	planar.c planar.h planar_faces.c planar_internal.h simplify.c simplify.h snap.c snap.h anchors.c)
OUTLINES_RULES = -DOUTLINES_RULES=$(shell cat $(OUTLINES_FROM) | cksum | cut -d' ' -f1)u
$(BUILD)/layers/shapes/outlines_kept.o: $(OUTLINES_FROM)
$(BUILD)/layers/shapes/outlines_kept.o: CPPFLAGS += $(OUTLINES_RULES)

# The style documents, composed of the map, the themes and the print palette. The folder
# is a prerequisite too, so that a removed theme is noticed.
$(BUILD)/styles.stamp: $(BUILD)/compose styles/map.json styles/print.json styles/themes $(wildcard styles/themes/*.json)
	@mkdir -p $(BUILD)/styles
	@rm -f $@ $(BUILD)/styles/*.json
	@echo "JSON $(BUILD)/styles"
	@$(BUILD)/compose styles $(BUILD)/styles
	@touch $@
$(BUILD)/compose: $(wildcard styles/compose/*.[ch])
	@mkdir -p $(@D)
	@echo "LINK $@"
	@$(CC) $(CFLAGS_ALL) -o $@ $(filter %.c,$^) -ljansson

# The web page's libraries from npm, at the versions of package-lock.json, and
# every file of the page packed, as it is built in and served.
PORTAL_OWN := $(filter-out server/portal/package%.json %.c %.h,$(wildcard server/portal/*.*)) styles/overlays.json
PORTAL_LIBRARY := $(addprefix $(PORTAL)/node_modules/maplibre-gl/dist/,\
	maplibre-gl-csp.js maplibre-gl-csp-worker.js maplibre-gl.css)
portal: $(BUILD)/portal.stamp
$(BUILD)/portal.stamp: Makefile $(BUILD)/node_modules.stamp $(PORTAL_OWN)
	@rm -rf $(PORTAL)/packed
	@mkdir -p $(PORTAL)/packed
	@cp $(PORTAL_OWN) $(PORTAL_LIBRARY) $(PORTAL)/packed/
	@cp $(PORTAL)/node_modules/maplibre-gl/LICENSE.txt $(PORTAL)/packed/maplibre-gl-LICENSE.txt
	@cd $(PORTAL)/packed && for file in *; do \
		gzip -9nc "$$file" >"$$file.gz" && brotli -q 11 -c "$$file" >"$$file.br" && \
		zstd -q -19 -c "$$file" >"$$file.zst" && rm "$$file" || exit 1; done
	@touch $@
$(BUILD)/node_modules.stamp: server/portal/package.json server/portal/package-lock.json
	@mkdir -p $(PORTAL)
	cp $^ $(PORTAL)/
	cd $(PORTAL) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

$(BUILD)/tests/%: tests/unit/%.c $(ARCHIVE)
	@mkdir -p $(@D)
	@echo "LINK $@"
	@$(CC) $(CFLAGS_ALL) -MMD -MP -o $@ $< $(ARCHIVE) -lcmocka -lpng -lbrotlidec -lz $(GDAL_LIBS) $(LIBS)

# A fuzzer's corpus and regressions replayed without libFuzzer.
$(BUILD)/replay/%: tests/fuzz/%.c tests/fuzz/replay.c $(ARCHIVE)
	@mkdir -p $(@D)
	@echo "LINK $@"
	@$(CC) $(CFLAGS_ALL) -o $@ $< tests/fuzz/replay.c $(ARCHIVE) $(LIBS)

$(BUILD)/fuzz_%: tests/fuzz/fuzz_%.c $(ARCHIVE)
	@mkdir -p $(@D)
	@echo "LINK $@"
	@$(CC) $(CFLAGS_ALL) -fsanitize=fuzzer -o $@ $< $(ARCHIVE) $(LIBS)

# Small programs that tests of other tools call.
$(BUILD)/helpers/%: tests/helpers/%.c $(ARCHIVE)
	@mkdir -p $(@D)
	@echo "LINK $@"
	@$(CC) $(CFLAGS_ALL) -o $@ $< $(ARCHIVE) -lpng $(GDAL_LIBS) $(LIBS)

# It notes what the store sends: the store's sources are compiled anew, so that every call
# returns to the line it was made on.
$(BUILD)/helpers/sql_texts: tests/helpers/sql_texts.c $(wildcard geo/store/store*.c) $(ARCHIVE)
	@mkdir -p $(@D)
	@echo "LINK $@"
	@$(CC) $(CFLAGS_ALL) -Og -fno-optimize-sibling-calls -o $@ $^ $(LIBS) $(addprefix -Wl$(comma)--wrap=,\
		db_prepare store_prepare_buf store_run_with db_put_geometry_in db_put_geometry_out db_put_returning db_put_box db_put_invalid)

# Libraries that tests put between a program and the system (LD_PRELOAD). They are
# built without sanitizers.
$(BUILD)/preload/%.so: tests/preload/%.c
	@mkdir -p $(@D)
	@echo "LINK $@"
	@$(CC) -std=c11 -O1 -Wall -Wextra -Werror -D_GNU_SOURCE -fPIC -fno-builtin -shared -o $@ $< -ldl

$(BUILD)/bench/%: tests/bench/%.c $(ARCHIVE)
	@mkdir -p $(@D)
	@echo "LINK $@"
	@$(CC) $(CFLAGS_ALL) -o $@ $< $(ARCHIVE) $(GDAL_LIBS) $(LIBS)

$(BUILD)/bench/ask_tiles: CPPFLAGS += $(shell pkg-config --cflags libpq 2>/dev/null | sed "s/-I/-isystem /g")
$(BUILD)/bench/ask_tiles: LIBS += -lpq

$(BUILD)/generate: $(wildcard data/generator/*.[ch]) $(ARCHIVE)
	$(CC) $(CFLAGS_ALL) -o $@ $(wildcard data/generator/*.c) $(ARCHIVE) $(LIBS)

-include $(OBJECTS:.o=.d) $(BUILD)/server/main.d $(UNIT_TESTS:%=%.d)
