build-asan/geo/analysis/indicators.o: geo/analysis/indicators.c \
 geo/analysis/indicators.h geo/base/rows.h geo/base/buf.h \
 geo/figures/definitions.h geo/store/store.h geo/base/box.h \
 geo/base/err.h geo/store/schema.h geo/figures/group.h \
 geo/analysis/indicators_internal.h geo/base/arena.h \
 geo/analysis/sample.h geo/base/budget.h geo/base/parse.h
geo/analysis/indicators.h:
geo/base/rows.h:
geo/base/buf.h:
geo/figures/definitions.h:
geo/store/store.h:
geo/base/box.h:
geo/base/err.h:
geo/store/schema.h:
geo/figures/group.h:
geo/analysis/indicators_internal.h:
geo/base/arena.h:
geo/analysis/sample.h:
geo/base/budget.h:
geo/base/parse.h:
