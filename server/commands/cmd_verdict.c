/* cmd_verdict.c - `sigg verdict`: gives or withdraws a verdict on a conflict. */
#include <stdio.h>
#include <strings.h>

#include "geo/analysis/verdicts.h"
#include "geo/base/parse.h"
#include "server/cli/options.h"
#include "server/cli/print.h"
#include "server/commands/command.h"

struct words {
    const char *positional[3];
    size_t n;
    const char *from, *by, *note, *coords, *crs, *format;
    bool withdraw, history, dry_run;
};

static bool parse_epsg(const char *word, int *epsg, struct err *err)
{
    int64_t code = 0;
    if (word && (strncasecmp(word, "EPSG:", 5) != 0 || !parse_int(word + 5, 1, 999999, &code)))
        return err_set(err, ERR_USAGE, "--crs: «%s» no es EPSG:n (por ejemplo EPSG:32719)", word);
    *epsg = (int)code;
    return true;
}

static bool check_usage(const struct words *words, struct err *err)
{
    size_t wanted = words->from ? 0 : words->withdraw ? 2 : 3;
    if (words->from && (words->withdraw || words->coords || words->crs || words->note))
        return err_set(err, ERR_USAGE,
                       "--from no va con --withdraw, --coords, --crs ni --note: están en el "
                       "archivo");
    if (words->n > wanted)
        return err_set(err, ERR_USAGE, "sobra el argumento «%s»", words->positional[wanted]);
    if (words->n < wanted)
        return err_set(err, ERR_USAGE, "faltan argumentos: CAPA, CODIGO%s",
                       words->withdraw ? "" : " y VEREDICTO");
    if (!words->from && !words->by)
        return err_set(err, ERR_USAGE, "falta --by: quién decide");
    return true;
}

static bool give_one(struct geo_store *store, const struct words *words,
                     struct geo_verdicts_summary *summary, struct err *err)
{
    struct geo_verdict_request request = {.layer = words->positional[0],
                                          .codigo = words->positional[1],
                                          .withdraw = words->withdraw,
                                          .person = words->by,
                                          .note = words->note,
                                          .coords = words->coords};
    const char *verdict = words->positional[2];
    if (!parse_epsg(words->crs, &request.epsg, err))
        return false;
    if (!words->withdraw && !geo_verdict_of(verdict, &request.kind))
        return err_set(err, ERR_USAGE,
                       "«%s» no es aceptar_ubicacion, aceptar_declaracion ni corregir_coordenadas",
                       verdict);
    char source[200];
    snprintf(source, sizeof source, "veredicto sobre %s", request.codigo);
    return geo_verdicts_give(store, &request, 1, source, words->dry_run, summary, err);
}

static bool list(const char *db_path, const struct words *words, struct err *err)
{
    enum rows_format format;
    struct rows *rows = NULL;
    if (words->n > 2)
        return err_set(err, ERR_USAGE, "sobra el argumento «%s»", words->positional[2]);
    if (!print_format(words->format, &format, err))
        return false;
    struct geo_store *store = geo_store_open(db_path, GEO_STORE_READ, err);
    if (store)
        rows = geo_verdicts_rows(store, words->n ? words->positional[0] : NULL,
                                 words->n > 1 ? words->positional[1] : NULL, err);
    geo_store_close(store);
    return rows && print_rows(rows, format, err);
}

static bool run(int argc, char **argv, const char *db_path, struct err *err)
{
    struct words words = {0};
    const struct option_spec specs[] = {
        {.name = "--from", .takes_value = true, .value = &words.from},
        {.name = "--by", .takes_value = true, .value = &words.by},
        {.name = "--note", .takes_value = true, .value = &words.note},
        {.name = "--coords", .takes_value = true, .value = &words.coords},
        {.name = "--crs", .takes_value = true, .value = &words.crs},
        {.name = "--format", .takes_value = true, .value = &words.format},
        {.name = "--withdraw", .flag = &words.withdraw},
        {.name = "--history", .flag = &words.history},
        {.name = "--dry-run", .flag = &words.dry_run},
    };
    if (!options_parse(argc, argv, specs, sizeof specs / sizeof *specs, words.positional, 0, 3,
                       &words.n, err))
        return false;
    if (words.history)
        return list(db_path, &words, err);
    if (!check_usage(&words, err))
        return false;
    struct geo_store *store = geo_store_open(db_path, GEO_STORE_WRITE, err);
    struct geo_verdicts_summary summary = {0};
    bool ok = store && (words.from ? geo_verdicts_from_file(store, words.from, words.by,
                                                            words.dry_run, &summary, err)
                                   : give_one(store, &words, &summary, err));
    geo_store_close(store);
    if (ok)
        printf("veredictos: %lld\nsin cambio: %lld\nretirados: %lld\nsin veredicto: %lld%s\n",
               (long long)summary.given, (long long)summary.unchanged, (long long)summary.withdrawn,
               (long long)summary.skipped, words.dry_run ? "\n(ensayo: no se escribió nada)" : "");
    return ok;
}

const struct command cmd_verdict = {
    .name = "verdict",
    .summary = "decide sobre un registro cuyo lugar y declaración no coinciden",
    .help =
        "Uso: sigg verdict CAPA CODIGO VEREDICTO --by PERSONA [--note TEXTO] [--dry-run]\n"
        "     sigg verdict CAPA CODIGO corregir_coordenadas --coords TEXTO [--crs EPSG:n]\n"
        "                  --by PERSONA [--note TEXTO]\n"
        "     sigg verdict --from ARCHIVO [--by PERSONA] [--dry-run]\n"
        "     sigg verdict CAPA CODIGO --withdraw --by PERSONA [--note TEXTO]\n"
        "     sigg verdict [CAPA [CODIGO]] --history [--format table|csv|json]\n"
        "\n"
        "VEREDICTO:\n"
        "  aceptar_ubicacion      el lugar es el correcto: el registro cuenta donde está\n"
        "  aceptar_declaracion    la declaración es la correcta: cuenta en el municipio\n"
        "                         declarado (no vale para areas_riego: sus hectáreas están donde\n"
        "                         está el polígono)\n"
        "  corregir_coordenadas   pasa al punto nuevo; el anterior se conserva\n"
        "\n"
        "  --coords T      el punto nuevo, como venga: \"-17.38, -66.15\", grados y minutos, UTM\n"
        "                  con --crs; se lee como en sigg import\n"
        "  --by PERSONA    quién decide; queda guardado con la fecha\n"
        "  --note T        por qué\n"
        "  --from ARCHIVO  CSV, XLSX u ODS con las columnas de sigg conflicts --format csv; las\n"
        "                  filas sin veredicto se pasan por alto. O entran todas o ninguna\n"
        "  --withdraw      retira el veredicto en vigor: el registro vuelve a estar abierto y,\n"
        "                  si era una corrección, recupera su punto anterior\n"
        "  --history       todos los veredictos dados, también los que terminaron\n"
        "  --dry-run       hace todo y no escribe nada\n"
        "\n"
        "Vínculos y cifras cambian en el acto. Reimportar el registro tal como era no quita el\n"
        "veredicto; si cambian su lugar o su declaración, el veredicto queda caduco y sigg\n"
        "conflicts lo dice. sigg undo deshace lo último que se decidió, como una importación.\n"
        "\n"
        "Ejemplo: sigg verdict alianzas FA-0123 aceptar_declaracion --by \"Ana Flores\" \\\n"
        "           --note \"el punto es la oficina de la OPP\"\n",
    .run = run,
    .layers = GEO_TABLES_PLACED,
};
