build-asan/geo/analysis/reach.o: geo/analysis/reach.c \
 geo/analysis/reach.h geo/base/budget.h geo/base/err.h \
 geo/figures/group.h geo/base/rows.h geo/base/buf.h geo/store/store.h \
 geo/base/box.h geo/store/schema.h geo/place/measure.h geo/place/shape.h \
 geo/analysis/reach_tree.h geo/base/arena.h geo/base/array.h \
 geo/base/parse.h geo/figures/coverage.h geo/place/edition.h \
 geo/store/results.h geo/place/geos.h
geo/analysis/reach.h:
geo/base/budget.h:
geo/base/err.h:
geo/figures/group.h:
geo/base/rows.h:
geo/base/buf.h:
geo/store/store.h:
geo/base/box.h:
geo/store/schema.h:
geo/place/measure.h:
geo/place/shape.h:
geo/analysis/reach_tree.h:
geo/base/arena.h:
geo/base/array.h:
geo/base/parse.h:
geo/figures/coverage.h:
geo/place/edition.h:
geo/store/results.h:
geo/place/geos.h:
