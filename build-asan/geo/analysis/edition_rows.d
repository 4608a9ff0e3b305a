build-asan/geo/analysis/edition_rows.o: geo/analysis/edition_rows.c \
 geo/analysis/edition_rows.h geo/base/rows.h geo/base/buf.h \
 geo/store/store.h geo/base/box.h geo/base/err.h geo/store/schema.h
geo/analysis/edition_rows.h:
geo/base/rows.h:
geo/base/buf.h:
geo/store/store.h:
geo/base/box.h:
geo/base/err.h:
geo/store/schema.h:
