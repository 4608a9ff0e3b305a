build-asan/geo/analysis/crosswalk.o: geo/analysis/crosswalk.c \
 geo/analysis/crosswalk.h geo/base/rows.h geo/base/buf.h \
 geo/figures/group.h geo/store/store.h geo/base/box.h geo/base/err.h \
 geo/store/schema.h geo/analysis/crosswalk_internal.h geo/base/budget.h \
 geo/place/shape.h geo/base/hash.h geo/place/measure.h
geo/analysis/crosswalk.h:
geo/base/rows.h:
geo/base/buf.h:
geo/figures/group.h:
geo/store/store.h:
geo/base/box.h:
geo/base/err.h:
geo/store/schema.h:
geo/analysis/crosswalk_internal.h:
geo/base/budget.h:
geo/place/shape.h:
geo/base/hash.h:
geo/place/measure.h:
