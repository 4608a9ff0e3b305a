build-asan/geo/analysis/restate.o: geo/analysis/restate.c \
 geo/analysis/restate.h geo/analysis/crosswalk.h geo/base/rows.h \
 geo/base/buf.h geo/figures/group.h geo/store/store.h geo/base/box.h \
 geo/base/err.h geo/store/schema.h geo/figures/coverage.h \
 geo/place/edition.h geo/store/results.h geo/analysis/restate_facts.h \
 geo/base/arena.h
geo/analysis/restate.h:
geo/analysis/crosswalk.h:
geo/base/rows.h:
geo/base/buf.h:
geo/figures/group.h:
geo/store/store.h:
geo/base/box.h:
geo/base/err.h:
geo/store/schema.h:
geo/figures/coverage.h:
geo/place/edition.h:
geo/store/results.h:
geo/analysis/restate_facts.h:
geo/base/arena.h:
