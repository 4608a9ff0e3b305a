/* cmd_check.c - `sigg check`: checks the database for damage. */
#include <stdio.h>

#include "geo/figures/coverage.h"
#include "server/cli/options.h"
#include "server/commands/command.h"

static const char help[] =
    "Uso: sigg [--db ARCHIVO] check\n\n"
    "Revisa la integridad de la base de datos: páginas y claves, que cada celda\n"
    "tenga lo que su columna promete, geometrías e índices espaciales; que las\n"
    "formas de los subproyectos y la cobertura guardada sean las de los registros.\n"
    "Imprime un hallazgo por línea; sale con 0 si no hay ninguno, con 1 si los\n"
    "hay.\n";

static void print_finding(void *arg, const char *finding)
{
    (void)arg;
    puts(finding);
}

static bool run(int argc, char **argv, const char *db_path, struct err *err)
{
    int64_t findings = 0;
    if (!options_parse(argc, argv, NULL, 0, NULL, 0, 0, NULL, err))
        return false;
    struct geo_store *store = geo_store_open(db_path, GEO_STORE_READ, err);
    if (!store)
        return false;
    bool ok = geo_store_check(store, print_finding, NULL, &findings, err);
    /* Errors of reading were reported before. */
    ok = ok && (geo_coverage_check(store, print_finding, NULL, &findings, err) || findings > 0);
    geo_store_close(store);
    if (!ok)
        return false;
    if (findings > 0)
        return err_set(err, ERR_DEPENDENCY, "%s: %lld hallazgo%s", db_path, (long long)findings,
                       findings == 1 ? "" : "s");
    fprintf(stderr, "%s está íntegra\n", db_path);
    return true;
}

const struct command cmd_check = {
    .name = "check",
    .summary = "revisa la integridad de la base de datos",
    .help = help,
    .run = run,
};
