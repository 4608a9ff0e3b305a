build-asan/geo/analysis/equity.o: geo/analysis/equity.c \
 geo/analysis/equity.h geo/base/rows.h geo/base/buf.h geo/figures/group.h \
 geo/store/store.h geo/base/box.h geo/base/err.h geo/store/schema.h
geo/analysis/equity.h:
geo/base/rows.h:
geo/base/buf.h:
geo/figures/group.h:
geo/store/store.h:
geo/base/box.h:
geo/base/err.h:
geo/store/schema.h:
