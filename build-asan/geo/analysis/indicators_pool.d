build-asan/geo/analysis/indicators_pool.o: geo/analysis/indicators_pool.c \
 geo/analysis/indicators_internal.h geo/analysis/indicators.h \
 geo/base/rows.h geo/base/buf.h geo/figures/definitions.h \
 geo/store/store.h geo/base/box.h geo/base/err.h geo/store/schema.h \
 geo/figures/group.h geo/base/arena.h geo/base/array.h \
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
geo/base/array.h:
geo/store/results.h:
