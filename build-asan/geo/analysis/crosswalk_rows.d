build-asan/geo/analysis/crosswalk_rows.o: geo/analysis/crosswalk_rows.c \
 geo/analysis/crosswalk.h geo/base/rows.h geo/base/buf.h \
 geo/figures/group.h geo/store/store.h geo/base/box.h geo/base/err.h \
 geo/store/schema.h
geo/analysis/crosswalk.h:
geo/base/rows.h:
geo/base/buf.h:
geo/figures/group.h:
geo/store/store.h:
geo/base/box.h:
geo/base/err.h:
geo/store/schema.h:
