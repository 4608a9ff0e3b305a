/* cmd_restore.c - `sigg restore COPY`: replaces the database by a backup copy. */
#include <stdio.h>

#include "geo/figures/coverage.h"
#include "server/cli/options.h"
#include "server/commands/command.h"

static void print_finding(void *arg, const char *finding)
{
    (void)arg;
    puts(finding);
}

/* All checks of `sigg check`. */
static bool check(struct geo_store *store, const char *copy, struct err *err)
{
    int64_t findings = 0;
    if (!geo_store_check(store, print_finding, NULL, &findings, err) ||
        !geo_coverage_check(store, print_finding, NULL, &findings, err))
        return err_wrap(err, "la copia %s no sirve", copy);
    return findings == 0 ||
           err_set(err, ERR_INPUT, "la copia %s no sirve: %lld hallazgo%s; no se tocó la base",
                   copy, (long long)findings, findings == 1 ? "" : "s");
}

static void tell(const char *copy, const char *db_path, const char *former)
{
    printf("%s: restaurada con la copia %s\n", db_path, copy);
    if (former[0])
        printf("la que estaba quedó en %s (y su -wal, si lo tenía)\n"
               "para volver a ella: sigg --db %s restore %s\n",
               former, db_path, former);
    printf("un servidor en marcha la muestra en unos segundos: /health lo dice; lo que se\n"
           "importó después de la copia hay que importarlo de nuevo\n");
}

static bool run(int argc, char **argv, const char *db_path, struct err *err)
{
    bool dry_run = false;
    const char *copy = NULL;
    char former[4096] = "";
    const struct option_spec specs[] = {{.name = "--dry-run", .flag = &dry_run}};
    if (!options_parse(argc, argv, specs, 1, &copy, 1, 1, NULL, err))
        return false;
    struct geo_restore *restore = geo_restore_begin(copy, db_path, err);
    bool ok = restore && check(geo_restore_store(restore), copy, err);
    if (ok && dry_run)
        printf("la copia %s está íntegra (ensayo: no se tocó %s)\n", copy, db_path);
    else if (ok)
        ok = geo_restore_finish(restore, former, err);
    geo_restore_free(restore);
    if (ok && !dry_run)
        tell(copy, db_path, former);
    return ok;
}

const struct command cmd_restore = {
    .name = "restore",
    .summary = "pone una copia en el lugar de la base de datos",
    .help = "Uso: sigg [--db ARCHIVO] restore COPIA [--dry-run]\n"
            "\n"
            "Pone una copia hecha con «sigg backup» en el lugar de la base de datos (--db), que\n"
            "puede faltar o estar dañada. Primero revisa la copia entera, como «sigg check»; una\n"
            "de una versión anterior del programa se actualiza. La base que estaba no se borra:\n"
            "queda al lado como ARCHIVO.anterior-FECHA, con su -wal, y el mensaje dice cómo\n"
            "volver a ella. La copia no se toca.\n"
            "\n"
            "Con un servidor en marcha no hace falta detenerlo: muestra la base restaurada en\n"
            "unos segundos. Si otro proceso está escribiendo no se hace nada. No copie archivos\n"
            "sobre la base con cp o mv: el -wal que queda al lado es de la otra.\n"
            "\n"
            "  --dry-run   revisa la copia y no toca nada\n"
            "\n"
            "Ejemplo: sigg backup lunes.sqlite; sigg restore lunes.sqlite\n",
    .run = run,
};
