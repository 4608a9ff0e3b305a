build-asan/geo/analysis/moran.o: geo/analysis/moran.c \
 geo/analysis/moran.h geo/analysis/weights.h geo/base/budget.h \
 geo/base/err.h geo/place/shape.h geo/base/box.h geo/base/buf.h \
 geo/analysis/random.h
geo/analysis/moran.h:
geo/analysis/weights.h:
geo/base/budget.h:
geo/base/err.h:
geo/place/shape.h:
geo/base/box.h:
geo/base/buf.h:
geo/analysis/random.h:
