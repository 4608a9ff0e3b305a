/* command.h - subcommands that are no figure: one file each (server/commands/), and one row in
 * main.c's table.
 *
 * run() prints results on stdout, everything else on stderr. It returns false with *err
 * filled: main() prints "sigg SUBCOMMAND: message" and exits with 2 for wrong usage, 1 for
 * the rest. A command that fails has written nothing.
 */
#ifndef SERVER_COMMAND_H
#define SERVER_COMMAND_H

#include "geo/store/schema.h"

struct command {
    const char *name;
    const char *summary; /* one Spanish line for `sigg --help` */
    const char *help;    /* whole Spanish text of `sigg NAME --help` */
    bool (*run)(int argc, char **argv, const char *db_path, struct err *err);
    enum geo_tables_kind layers; /* what CAPA may be; main() lists them after the help */
};

/* argv[0] is the subcommand; main() has removed --help and --db. Defined in
 * server/commands/cmd_NAME.c. */
extern const struct command cmd_init, cmd_import, cmd_undo, cmd_link, cmd_links, cmd_verdict,
    cmd_export, cmd_style, cmd_render, cmd_legend, cmd_tiles, cmd_report, cmd_check, cmd_backup,
    cmd_restore, cmd_template;

/* The server answers the URLs of `routes`: main.c, which knows the table, makes the command
 * of these. */
struct route;
extern const char cmd_serve_help[];
bool cmd_serve_run(const struct route *routes, int argc, char **argv, const char *db_path,
                   struct err *err);

#endif
