build-asan/geo/analysis/equity_rows.o: geo/analysis/equity_rows.c \
 geo/analysis/equity.h geo/base/rows.h geo/base/buf.h geo/figures/group.h \
 geo/store/store.h geo/base/box.h geo/base/err.h geo/store/schema.h \
 geo/base/number.h
geo/analysis/equity.h:
geo/base/rows.h:
geo/base/buf.h:
geo/figures/group.h:
geo/store/store.h:
geo/base/box.h:
geo/base/err.h:
geo/store/schema.h:
geo/base/number.h:
