build-asan/server/main.o: server/main.c geo/base/version.h \
 server/commands/command.h geo/store/schema.h geo/base/err.h \
 server/figures/figure_command.h geo/catalog/figure.h geo/base/param.h \
 geo/base/box.h geo/base/buf.h geo/base/rows.h geo/figures/group.h \
 geo/store/store.h server/routes.h server/request/route.h \
 server/request/request.h geo/base/arena.h
geo/base/version.h:
server/commands/command.h:
geo/store/schema.h:
geo/base/err.h:
server/figures/figure_command.h:
geo/catalog/figure.h:
geo/base/param.h:
geo/base/box.h:
geo/base/buf.h:
geo/base/rows.h:
geo/figures/group.h:
geo/store/store.h:
server/routes.h:
server/request/route.h:
server/request/request.h:
geo/base/arena.h:
