/* form_book.c - writes the workbook in which people collect the records of a layer. */
#include "layers/report/form_book.h"

#include <stdlib.h>
#include <string.h>

#include "layers/report/form_internal.h"

enum { DEEP = 0x0F4A54, PALE = 0xDCE8EA };

static bool make_styles(struct form_book *book)
{
    lxw_format **styles = book->styles;
    for (int i = 0; i < FORM_STYLES; i++)
        if (!(styles[i] = workbook_add_format(book->file.book)))
            return err_no_memory(book->file.err);
    for (int i = FORM_REQUIRED; i <= FORM_OPTIONAL; i++) {
        format_set_bold(styles[i]);
        format_set_text_wrap(styles[i]);
        format_set_align(styles[i], LXW_ALIGN_VERTICAL_CENTER);
        format_set_border(styles[i], LXW_BORDER_THIN);
        format_set_border_color(styles[i], LXW_COLOR_WHITE);
        format_set_num_format(styles[i], "@");
    }
    format_set_bg_color(styles[FORM_REQUIRED], DEEP);
    format_set_font_color(styles[FORM_REQUIRED], LXW_COLOR_WHITE);
    format_set_bg_color(styles[FORM_OPTIONAL], PALE);
    format_set_font_color(styles[FORM_OPTIONAL], DEEP);
    format_set_num_format(styles[FORM_CODE], "@");
    format_set_num_format(styles[FORM_COUNT], "0");
    return true;
}

/* «Datos» goes first: it is what opens, and what programs read. */
static bool put_sheets(struct form_book *book)
{
    return make_styles(book) && form_put_data(book) && form_put_examples(book) &&
           form_put_help(book) && form_put_units(book) && form_put_lists(book);
}

static bool takes_rows(const struct geo_table *table, struct err *err)
{
    struct buf names;
    if (!table->bounds)
        return true;
    buf_init(&names);
    for (size_t f = 0; f < table->n_fields; f++)
        if (!(table->fields[f].flags & GEO_DERIVED))
            buf_printf(&names, "%s%s", names.len ? ", " : "", table->fields[f].name);
    err_set(err, ERR_INPUT,
            "%s son polígonos, y una hoja de cálculo no los tiene: entréguelos como GeoJSON, "
            "Shapefile o GeoPackage con las columnas %s",
            table->name, names.data ? names.data : "");
    buf_free(&names);
    return false;
}

bool form_book_write(struct geo_store *store, const struct geo_table *table, struct buf *out,
                     struct err *err)
{
    struct form_book book = {.store = store, .table = table};
    bool ok = takes_rows(table, err);
    if (ok && !(book.arena = arena_new()))
        ok = err_no_memory(err);
    ok = ok && form_read_units(&book, err) && form_read_alliances(&book, err) &&
         form_examples_load(&book, err) && form_make_columns(&book, err);
    if (ok) {
        book.file = (struct xlsx){.budget = geo_store_budget(store), .err = err};
        ok = xlsx_open(&book.file, table->title, "Plantilla para cargar datos en SIGG", NULL) &&
             put_sheets(&book);
        ok = xlsx_close(&book.file, ok, out);
    }
    form_examples_free(&book);
    free(book.units);
    free(book.alliances);
    arena_free(book.arena);
    return ok;
}
