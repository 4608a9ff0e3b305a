/* cmd_series.c - `sigg series`: time series of the programme by year or semester. */
#include "geo/analysis/series.h"

#include <string.h>

#include "server/cli/options.h"
#include "server/cli/print.h"
#include "server/commands/command.h"

static bool read_options(int argc, char **argv, struct geo_series_query *query,
                         enum rows_format *format, struct err *err)
{
    const char *what = NULL, *by = NULL, *step = NULL, *format_word = NULL;
    *query = (struct geo_series_query){.group = GEO_BY_NACIONAL};
    const struct option_spec specs[] = {
        {.name = "--what", .takes_value = true, .value = &what},
        {.name = "--by", .takes_value = true, .value = &by},
        {.name = "--step", .takes_value = true, .value = &step},
        {.name = "--from", .takes_value = true, .value = &query->from},
        {.name = "--to", .takes_value = true, .value = &query->to},
        {.name = "--edition", .takes_value = true, .value = &query->edition},
        {.name = "--format", .takes_value = true, .value = &format_word},
    };
    if (!options_parse(argc, argv, specs, sizeof specs / sizeof *specs, NULL, 0, 0, NULL, err) ||
        !print_format(format_word, format, err))
        return false;
    if (what && !geo_series_what_of(what, &query->what))
        return err_set(err, ERR_USAGE,
                       "--what: «%s» no es cobertura, riego, subproyectos, procesos, difusion, "
                       "embudo ni rubros",
                       what);
    if (by && !geo_group_of(by, &query->group))
        return err_set(err, ERR_USAGE, "--by: «%s» no es municipio, departamento, uo ni nacional",
                       by);
    query->semesters = step && strcmp(step, "semester") == 0;
    return !step || query->semesters || strcmp(step, "year") == 0 ||
           err_set(err, ERR_USAGE, "--step: «%s» no es year ni semester", step);
}

static bool run(int argc, char **argv, const char *db_path, struct err *err)
{
    struct geo_series_query query;
    enum rows_format format;
    struct rows *rows = NULL;
    if (!read_options(argc, argv, &query, &format, err))
        return false;
    struct geo_store *store = geo_store_open(db_path, GEO_STORE_READ, err);
    if (store && geo_store_begin_read(store, err))
        rows = geo_series_rows(store, &query, err);
    geo_store_close(store);
    return rows && print_rows(rows, format, err);
}

const struct command cmd_series = {
    .name = "series",
    .summary = "cifras por año o semestre: lo del periodo y lo acumulado",
    .help =
        "Uso: sigg series [--what Q] [--by municipio|departamento|uo|nacional]\n"
        "                 [--step year|semester] [--from FECHA] [--to FECHA] [--edition E]\n"
        "                 [--format table|csv|json]\n"
        "\n"
        "  --what Q       cobertura (por omisión): alianzas por fecha de convenio\n"
        "                 riego: áreas y hectáreas por puesta en operación\n"
        "                 subproyectos: por fecha de inicio, y recibidos por la de recepción\n"
        "                 procesos: los nueve procesos del plan, por fase de financiamiento\n"
        "                 difusion: eventos por tipo, con participantes y mujeres\n"
        "                 embudo: hasta dónde llegaron las solicitudes, por etapa\n"
        "                 rubros: solicitudes por rubro\n"
        "  --by G         nacional (por omisión), uo, departamento o municipio\n"
        "  --step S       year (por omisión) o semester\n"
        "  --from, --to   AAAA o AAAA-MM-DD (por omisión, todo lo que tiene fecha); el primer y\n"
        "                 el último periodo terminan ahí\n"
        "  --edition E    en la edición E de los límites (por omisión, en la vigente)\n"
        "  --format F     table (por omisión, con las columnas principales), csv o json (con\n"
        "                 todas)\n"
        "\n"
        "Cada cifra tiene dos columnas: X_periodo, lo que pasó en el periodo, y X_acumulado, lo\n"
        "que había al terminar (columna hasta). Lo anterior al primer periodo está en lo\n"
        "acumulado. Un registro sin la fecha que lo hace contar está en lo acumulado desde el\n"
        "comienzo donde también cuenta siempre (áreas de riego, subproyectos), y si no, en\n"
        "ninguna parte. Lo acumulado el último día es lo que da «sigg coverage --as-of».\n"
        "\n"
        "Ejemplo: sigg series --what procesos --from 2018 --to 2022\n"
        "         sigg series --by uo --step semester --format csv > cobertura.csv\n",
    .run = run,
};
