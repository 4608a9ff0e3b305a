build-asan/geo/analysis/conflicts.o: geo/analysis/conflicts.c \
 geo/analysis/conflicts.h geo/base/rows.h geo/base/buf.h \
 geo/figures/group.h geo/store/store.h geo/base/box.h geo/base/err.h \
 geo/store/schema.h geo/analysis/verdicts.h geo/figures/verdict.h \
 geo/base/arena.h geo/figures/link.h geo/place/edition.h \
 geo/place/names.h geo/store/store_verdicts.h geo/store/store_conflicts.h
geo/analysis/conflicts.h:
geo/base/rows.h:
geo/base/buf.h:
geo/figures/group.h:
geo/store/store.h:
geo/base/box.h:
geo/base/err.h:
geo/store/schema.h:
geo/analysis/verdicts.h:
geo/figures/verdict.h:
geo/base/arena.h:
geo/figures/link.h:
geo/place/edition.h:
geo/place/names.h:
geo/store/store_verdicts.h:
geo/store/store_conflicts.h:
