build-asan/geo/analysis/sample.o: geo/analysis/sample.c \
 geo/analysis/sample.h geo/base/rows.h geo/base/buf.h geo/store/store.h \
 geo/base/box.h geo/base/err.h geo/store/schema.h geo/analysis/random.h \
 geo/base/arena.h geo/base/array.h geo/figures/group.h \
 geo/store/results.h
geo/analysis/sample.h:
geo/base/rows.h:
geo/base/buf.h:
geo/store/store.h:
geo/base/box.h:
geo/base/err.h:
geo/store/schema.h:
geo/analysis/random.h:
geo/base/arena.h:
geo/base/array.h:
geo/figures/group.h:
geo/store/results.h:
