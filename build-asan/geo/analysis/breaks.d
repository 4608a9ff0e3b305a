build-asan/geo/analysis/breaks.o: geo/analysis/breaks.c \
 geo/analysis/breaks.h geo/base/err.h
geo/analysis/breaks.h:
geo/base/err.h:
