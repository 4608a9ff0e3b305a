build-asan/geo/analysis/crosswalk_people.o: \
 geo/analysis/crosswalk_people.c geo/analysis/crosswalk_internal.h \
 geo/analysis/crosswalk.h geo/base/rows.h geo/base/buf.h \
 geo/figures/group.h geo/store/store.h geo/base/box.h geo/base/err.h \
 geo/store/schema.h geo/base/budget.h geo/place/shape.h \
 geo/analysis/restate_facts.h geo/base/array.h geo/store/results.h
geo/analysis/crosswalk_internal.h:
geo/analysis/crosswalk.h:
geo/base/rows.h:
geo/base/buf.h:
geo/figures/group.h:
geo/store/store.h:
geo/base/box.h:
geo/base/err.h:
geo/store/schema.h:
geo/base/budget.h:
geo/place/shape.h:
geo/analysis/restate_facts.h:
geo/base/array.h:
geo/store/results.h:
