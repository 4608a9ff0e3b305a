build-asan/geo/analysis/equity_compute.o: geo/analysis/equity_compute.c \
 geo/analysis/equity.h geo/base/rows.h geo/base/buf.h geo/figures/group.h \
 geo/store/store.h geo/base/box.h geo/base/err.h geo/store/schema.h \
 geo/base/parse.h geo/figures/coverage.h geo/place/edition.h \
 geo/store/results.h
geo/analysis/equity.h:
geo/base/rows.h:
geo/base/buf.h:
geo/figures/group.h:
geo/store/store.h:
geo/base/box.h:
geo/base/err.h:
geo/store/schema.h:
geo/base/parse.h:
geo/figures/coverage.h:
geo/place/edition.h:
geo/store/results.h:
