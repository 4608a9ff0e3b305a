/* cmd_template.c - `sigg template`: an empty workbook for the data of a layer. */
#include <string.h>

#include "geo/base/folder.h"
#include "layers/report/form_book.h"
#include "server/cli/options.h"
#include "server/cli/output.h"
#include "server/commands/command.h"

static bool run(int argc, char **argv, const char *db_path, struct err *err)
{
    const char *layer = NULL, *path = NULL;
    const struct option_spec specs[] = {
        {.name = "-o", .takes_value = true, .value = &path},
        {.name = "--output", .takes_value = true, .value = &path},
    };
    if (!options_parse(argc, argv, specs, sizeof specs / sizeof *specs, &layer, 1, 1, NULL, err))
        return false;
    const struct geo_table *table = geo_table_named(layer, err);
    if (!table)
        return false;
    const char *dot = path ? strrchr(path, '.') : NULL;
    if (!path)
        return err_set(err, ERR_USAGE, "falta -o ARCHIVO.xlsx");
    if (!dot || strcmp(dot, ".xlsx") != 0)
        return err_set(err, ERR_USAGE, "«%s»: la extensión tiene que ser .xlsx", path);
    if (!output_takes("-o", path, db_path, err))
        return false;
    struct buf out;
    buf_init(&out);
    struct geo_store *store = geo_store_open(db_path, GEO_STORE_READ, err);
    bool ok = store && form_book_write(store, table, &out, err) &&
              folder_write(path, out.data, out.len, err);
    geo_store_close(store);
    buf_free(&out);
    return ok;
}

const struct command cmd_template = {
    .name = "template",
    .summary = "una plantilla XLSX para recoger los datos de una capa",
    .help =
        "Uso: sigg template CAPA -o ARCHIVO.xlsx\n"
        "\n"
        "Escribe un libro de cálculo vacío en el que juntar los registros de una capa. La hoja\n"
        "«Datos» tiene una columna por campo: los obligatorios con asterisco, los códigos como\n"
        "texto para que no pierdan sus ceros, listas para lo que se elige, límites para los\n"
        "números y las fechas. El municipio se elige de la edición vigente, por departamento.\n"
        "«Ejemplos» tiene tres filas llenas e «Instrucciones» dice qué va en cada columna.\n"
        "\n"
        "  -o ARCHIVO.xlsx  qué archivo escribir; queda entero o no queda\n"
        "\n"
        "Lleno, se carga como está: sigg import CAPA ARCHIVO.xlsx. Solo se lee «Datos».\n"
        "Municipios, cuerpos de agua y zonas urbanas son polígonos y no tienen plantilla. Las\n"
        "áreas de riego la tienen para lo que no es su polígono.\n"
        "\n"
        "Ejemplo: sigg template alianzas -o alianzas.xlsx\n",
    .run = run,
    .layers = GEO_TABLES_ALL,
};
