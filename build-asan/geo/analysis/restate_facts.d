build-asan/geo/analysis/restate_facts.o: geo/analysis/restate_facts.c \
 geo/analysis/restate_facts.h geo/figures/group.h geo/base/rows.h \
 geo/base/buf.h geo/store/store.h geo/base/box.h geo/base/err.h \
 geo/store/schema.h geo/base/arena.h geo/base/array.h geo/base/parse.h
geo/analysis/restate_facts.h:
geo/figures/group.h:
geo/base/rows.h:
geo/base/buf.h:
geo/store/store.h:
geo/base/box.h:
geo/base/err.h:
geo/store/schema.h:
geo/base/arena.h:
geo/base/array.h:
geo/base/parse.h:
