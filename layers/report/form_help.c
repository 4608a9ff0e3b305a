/* form_help.c - the sheet «Instrucciones» of a form. */
#include <string.h>

#include "layers/report/form_internal.h"

static lxw_row_t put_steps(struct form_book *book, lxw_worksheet *sheet, lxw_row_t row)
{
    struct xlsx *file = &book->file;
    const struct geo_table *table = book->table;
    bool points = book->columns[book->n_columns - 1].place == FORM_NORTH;
    const char *command =
        arena_printf(book->arena,
                     "sigg import %s ARCHIVO.xlsx --dry-run lo revisa sin escribir nada; sin "
                     "--dry-run, lo carga.",
                     table->name);
    row = xlsx_put_pair(file, sheet, row, "Dónde se escribe",
                        "En la hoja «Datos», un registro por fila, desde la fila 2 y sin filas de "
                        "totales. Los encabezados no se cambian; las columnas que no se usan "
                        "pueden quedar vacías o borrarse.");
    row = xlsx_put_pair(file, sheet, row, "Lo obligatorio",
                        "Las columnas con asterisco y encabezado oscuro se llenan en cada fila.");
    row = xlsx_put_pair(file, sheet, row, "Copiar y pegar",
                        "Pegue solo valores: pegar con formato borra las listas y los límites de "
                        "las celdas.");
    if (table->linked)
        row = xlsx_put_pair(file, sheet, row, "El municipio",
                            "Elija el departamento y después el municipio, o escriba solo su "
                            "código. La hoja «Municipios» los tiene todos.");
    if (points)
        row = xlsx_put_pair(file, sheet, row, "La coordenada",
                            "Longitud y latitud en grados decimales, con signo menos, o UTM este y "
                            "norte en metros: uno de los dos pares. Sin coordenada, el registro "
                            "queda en el municipio declarado.");
    if (table->geometry == GEO_MULTIPOLYGON)
        row = xlsx_put_pair(file, sheet, row, "El polígono",
                            "Una hoja de cálculo no lo tiene: se carga después, como GeoJSON, "
                            "Shapefile o GeoPackage, con el mismo código.");
    row = xlsx_put_pair(file, sheet, row, "Volver a cargar",
                        "Un registro cuya clave ya está cargada se actualiza; no se duplica.");
    return xlsx_put_pair(file, sheet, row, "Cómo se carga", command ? command : "") + 1;
}

bool form_put_help(struct form_book *book)
{
    static const char *const heads[] = {"Columna", "Qué se escribe", "Campo"};
    struct xlsx *file = &book->file;
    char *title = arena_printf(book->arena, "Plantilla de SIGG: %s", book->table->title);
    lxw_worksheet *sheet = title ? xlsx_add_words(file, FORM_SHEET_HELP, title) : NULL;
    if (!sheet)
        return false;
    lxw_row_t row = xlsx_put_head(file, sheet, put_steps(book, sheet, 2), heads);
    for (size_t c = 0; c < book->n_columns; c++, row++) {
        const struct form_column *column = &book->columns[c];
        xlsx_put_pair(file, sheet, row, column->heading, column->accepts);
        xlsx_keep_error(file,
                        worksheet_write_string(sheet, row, 2, column->name, file->formats[F_TEXT]));
    }
    return true;
}
