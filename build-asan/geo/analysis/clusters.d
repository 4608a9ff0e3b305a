build-asan/geo/analysis/clusters.o: geo/analysis/clusters.c \
 geo/analysis/clusters.h geo/analysis/moran.h geo/analysis/weights.h \
 geo/base/budget.h geo/base/err.h geo/place/shape.h geo/base/box.h \
 geo/base/buf.h geo/base/rows.h geo/figures/group.h geo/store/store.h \
 geo/store/schema.h geo/base/parse.h geo/figures/coverage.h \
 geo/place/edition.h geo/store/results.h geo/place/geos.h
geo/analysis/clusters.h:
geo/analysis/moran.h:
geo/analysis/weights.h:
geo/base/budget.h:
geo/base/err.h:
geo/place/shape.h:
geo/base/box.h:
geo/base/buf.h:
geo/base/rows.h:
geo/figures/group.h:
geo/store/store.h:
geo/store/schema.h:
geo/base/parse.h:
geo/figures/coverage.h:
geo/place/edition.h:
geo/store/results.h:
geo/place/geos.h:
