build-asan/geo/analysis/series_events.o: geo/analysis/series_events.c \
 geo/analysis/series_internal.h geo/analysis/series.h geo/base/rows.h \
 geo/base/buf.h geo/figures/group.h geo/store/store.h geo/base/box.h \
 geo/base/err.h geo/store/schema.h geo/base/array.h geo/base/parse.h
geo/analysis/series_internal.h:
geo/analysis/series.h:
geo/base/rows.h:
geo/base/buf.h:
geo/figures/group.h:
geo/store/store.h:
geo/base/box.h:
geo/base/err.h:
geo/store/schema.h:
geo/base/array.h:
geo/base/parse.h:
