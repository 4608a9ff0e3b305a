build-asan/geo/analysis/reach_tree.o: geo/analysis/reach_tree.c \
 geo/analysis/reach_tree.h geo/analysis/reach.h geo/base/budget.h \
 geo/base/err.h geo/figures/group.h geo/base/rows.h geo/base/buf.h \
 geo/store/store.h geo/base/box.h geo/store/schema.h geo/place/measure.h \
 geo/place/shape.h
geo/analysis/reach_tree.h:
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
