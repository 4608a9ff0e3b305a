build-asan/geo/analysis/indicators_terms.o: \
 geo/analysis/indicators_terms.c geo/analysis/indicators_internal.h \
 geo/analysis/indicators.h geo/base/rows.h geo/base/buf.h \
 geo/figures/definitions.h geo/store/store.h geo/base/box.h \
 geo/base/err.h geo/store/schema.h geo/figures/group.h geo/base/arena.h \
 geo/figures/irrigation.h geo/figures/coverage.h geo/place/edition.h \
 geo/store/results.h
geo/analysis/indicators_internal.h:
geo/analysis/indicators.h:
geo/base/rows.h:
geo/base/buf.h:
geo/figures/definitions.h:
geo/store/store.h:
geo/base/box.h:
geo/base/err.h:
geo/store/schema.h:
geo/figures/group.h:
geo/base/arena.h:
geo/figures/irrigation.h:
geo/figures/coverage.h:
geo/place/edition.h:
geo/store/results.h:
