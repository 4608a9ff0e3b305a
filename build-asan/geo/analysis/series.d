build-asan/geo/analysis/series.o: geo/analysis/series.c \
 geo/analysis/series.h geo/base/rows.h geo/base/buf.h geo/figures/group.h \
 geo/store/store.h geo/base/box.h geo/base/err.h geo/store/schema.h \
 geo/analysis/series_internal.h geo/base/budget.h
geo/analysis/series.h:
geo/base/rows.h:
geo/base/buf.h:
geo/figures/group.h:
geo/store/store.h:
geo/base/box.h:
geo/base/err.h:
geo/store/schema.h:
geo/analysis/series_internal.h:
geo/base/budget.h:
