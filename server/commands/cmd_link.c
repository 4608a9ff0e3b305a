/* cmd_link.c - `sigg link`: links every record to its municipality again. */
#include "geo/figures/linker.h"

#include "server/cli/options.h"
#include "server/cli/print.h"
#include "server/commands/command.h"
#include "server/served/prepare.h"

/* Changes by other programs are noted nowhere, so servers must read everything again. */
static bool make_known(struct geo_store *store, struct err *err)
{
    bool ok = true;
    for (const struct geo_table *table = geo_tables; table->name && ok; table++) {
        struct geo_layer_info info = {0};
        geo_store_note(store, table->name, GEO_STORE_ALL);
        ok = geo_store_layer(store, table->name, &info, err) &&
             (info.revision == 0 || geo_store_touch(store, table->name, NULL, false, NULL, err));
    }
    return ok;
}

static bool relink(const char *db_path, const char *edition, struct geo_link_counts *counts,
                   struct err *err)
{
    struct geo_store *store = geo_store_open(db_path, GEO_STORE_WRITE, err);
    bool ok = store && geo_store_begin(store, err) && geo_store_mend(store, err) &&
              geo_link_all(store, edition, counts, print_progress, "Vincular", err) &&
              make_known(store, err) && geo_store_commit(store, err);
    if (ok)
        prepare_outlines(store);
    geo_store_close(store);
    return ok;
}

static bool run(int argc, char **argv, const char *db_path, struct err *err)
{
    static const struct rows_column columns[] = {{"estado", 0}, {"registros", 0}};
    const char *edition = NULL, *format_word = NULL;
    const struct option_spec specs[] = {
        {.name = "--edition", .takes_value = true, .value = &edition},
        {.name = "--format", .takes_value = true, .value = &format_word},
    };
    enum rows_format format;
    struct geo_link_counts counts = {0};
    size_t n_positional;
    if (!options_parse(argc, argv, specs, sizeof specs / sizeof *specs, NULL, 0, 0, &n_positional,
                       err) ||
        !print_format(format_word, &format, err) || !relink(db_path, edition, &counts, err))
        return false;
    struct rows *rows = rows_new(columns, 2);
    for (size_t i = 0; rows && i < GEO_LINK_STATES; i++) {
        rows_text(rows, geo_link_state_name((enum geo_link_state)i));
        rows_int(rows, counts.by_state[i]);
    }
    if (rows) {
        rows_text(rows, "total");
        rows_int(rows, counts.records);
    }
    return print_rows(rows, format, err);
}

const struct command cmd_link = {
    .name = "link",
    .summary = "vincula de nuevo todos los registros con su municipio",
    .help =
        "Uso: sigg link [--edition E] [--format table|csv|json]\n"
        "\n"
        "Calcula de nuevo, y guarda, a qué municipio pertenece cada comunidad, alianza, área\n"
        "de riego y subproyecto, y las hectáreas y la cobertura que dependen de ello. Importar\n"
        "y editar ya mantienen los vínculos al día: este subcomando los rehace enteros. Hace\n"
        "ver al servidor lo que otro programa (QGIS, por ejemplo) escribió en las tablas, y deja\n"
        "preparados los contornos con que arranca, que otra versión de sigg puede querer\n"
        "distintos.\n"
        "\n"
        "  --edition E   solo en la edición E de los límites (por omisión, en todas)\n"
        "  --format F    table (por omisión), csv o json\n"
        "\n"
        "Imprime cuántos registros hay en cada estado, en la edición E o en la vigente:\n"
        "  coincide       ubicado en el municipio que declara\n"
        "  vecino         a 2 km o menos del municipio que declara\n"
        "  conflicto      más lejos del municipio que declara\n"
        "  ubicado        ubicado; no declara municipio, o no uno conocido\n"
        "  declarado      sin geometría: vinculado por el municipio que declara\n"
        "  en_agua        en un lago o salar: vinculado al municipio más cercano\n"
        "  fuera          fuera del país: vinculado por lo que declara, si declara algo\n"
        "  sin_municipio  sin geometría ni municipio declarado que se reconozca\n"
        "\n"
        "Ejemplo: sigg link --edition 339\n",
    .run = run,
};
