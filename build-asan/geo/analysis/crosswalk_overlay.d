build-asan/geo/analysis/crosswalk_overlay.o: \
 geo/analysis/crosswalk_overlay.c geo/analysis/crosswalk_internal.h \
 geo/analysis/crosswalk.h geo/base/rows.h geo/base/buf.h \
 geo/figures/group.h geo/store/store.h geo/base/box.h geo/base/err.h \
 geo/store/schema.h geo/base/budget.h geo/place/shape.h geo/base/array.h \
 geo/place/geos.h geo/place/measure.h geo/place/rtree.h
geo/analysis/crosswalk_internal.h:
geo/analysis/crosswalk.h:
geo/base/rows.h:
geo/base/buf.h:
geo/figures/group.h:
geo/store/store.h:
geo/base/box.h:
geo/base/err.h:
geo/store/schema.h:
geo/base/budget.h:
geo/place/shape.h:
geo/base/array.h:
geo/place/geos.h:
geo/place/measure.h:
geo/place/rtree.h:
