build-asan/geo/analysis/indicators_rows.o: geo/analysis/indicators_rows.c \
 geo/analysis/indicators.h geo/base/rows.h geo/base/buf.h \
 geo/figures/definitions.h geo/store/store.h geo/base/box.h \
 geo/base/err.h geo/store/schema.h geo/figures/group.h
geo/analysis/indicators.h:
geo/base/rows.h:
geo/base/buf.h:
geo/figures/definitions.h:
geo/store/store.h:
geo/base/box.h:
geo/base/err.h:
geo/store/schema.h:
geo/figures/group.h:
