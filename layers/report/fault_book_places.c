/* fault_book_places.c - writes the sheet of places to look at. */
#include "layers/report/fault_book_places.h"

#include <math.h>

#include "geo/fields/form_sheets.h"
#include "layers/report/fault_book.h"
#include "layers/report/fault_cells.h"

enum {
    C_SHEET,
    C_ROW,
    C_CODE,
    C_WHAT,
    C_DECLARED,
    C_FOUND,
    C_DECLARED_KM,
    C_MOVED_KM,
    C_WRITTEN,
    C_HOW,
    C_LAT,
    C_LON,
    COLUMNS
};

static const struct {
    const char *head;
    double width;
} columns[COLUMNS] = {
    [C_SHEET] = {"Hoja", 16},
    [C_ROW] = {"Fila de origen", 9},
    [C_CODE] = {"Código", 16},
    [C_WHAT] = {"Qué pasa", 36},
    [C_DECLARED] = {"Declara", 30},
    [C_FOUND] = {"Cae en", 30},
    [C_DECLARED_KM] = {"km al declarado", 11},
    [C_MOVED_KM] = {"km que se mueve", 11},
    [C_WRITTEN] = {"Coordenada como llegó", 28},
    [C_HOW] = {"Cómo se corrigió", 36},
    [C_LAT] = {"Latitud", 12},
    [C_LON] = {"Longitud", 12},
};

bool fault_book_has_places(const struct fault_report *report)
{
    for (size_t s = 0; s < report->n_sheets; s++)
        if (report->sheets[s].n_places > 0)
            return true;
    return false;
}

struct fault_book_places {
    struct xlsx *file;
    lxw_worksheet *out;
    lxw_row_t row;
};

static void put_text(struct fault_book_places *at, lxw_col_t column, const char *text)
{
    if (text)
        fault_put_text(at->file, at->out, at->row, column, text, at->file->formats[F_TEXT]);
}

static void put_number(struct fault_book_places *at, lxw_col_t column, double value, int places)
{
    if (!isnan(value))
        xlsx_keep_error(at->file, worksheet_write_number(at->out, at->row, column, value,
                                                         at->file->places[places]));
}

static void put_what(struct fault_book_places *at, const struct fault_place *place)
{
    static const char *const words[] = {
        [FAULT_PLACE_ELSEWHERE] = "en otro municipio que el declarado",
        [FAULT_PLACE_OUTSIDE] = "fuera de todo municipio",
        [FAULT_PLACE_MOVED] = "lejos de donde estaba",
        [FAULT_PLACE_RESCUED] = "coordenada corregida",
    };
    struct buf text;
    buf_init(&text);
    for (int kind = 0; kind < FAULT_PLACE_KINDS; kind++)
        if (fault_place_is(place, (enum fault_place_kind)kind))
            buf_printf(&text, "%s%s", text.len ? "; " : "", words[kind]);
    if (buf_failed(&text))
        xlsx_keep_error(at->file, LXW_ERROR_MEMORY_MALLOC_FAILED);
    else
        put_text(at, C_WHAT, text.data);
    buf_free(&text);
}

static void put_how(struct fault_book_places *at, const struct fault_place *place)
{
    struct buf text;
    buf_init(&text);
    if (place->how)
        fault_place_put_rescue(&text, place->how);
    if (buf_failed(&text))
        xlsx_keep_error(at->file, LXW_ERROR_MEMORY_MALLOC_FAILED);
    else
        put_text(at, C_HOW, text.data);
    buf_free(&text);
}

static void put_place(struct fault_book_places *at, const struct fault_sheet *sheet,
                      const struct fault_place *place)
{
    put_text(at, C_SHEET, sheet->name);
    put_number(at, C_ROW, (double)place->row, 0);
    put_text(at, C_CODE, place->codigo);
    put_what(at, place);
    put_text(at, C_DECLARED, place->declared);
    put_text(at, C_FOUND, place->found ? place->found : "ninguno");
    put_number(at, C_DECLARED_KM, place->declared_km, 1);
    put_number(at, C_MOVED_KM, place->moved_km, 1);
    put_text(at, C_WRITTEN, place->written);
    put_how(at, place);
    put_number(at, C_LAT, place->lat_deg, 6);
    put_number(at, C_LON, place->lon_deg, 6);
    at->row++;
}

bool fault_book_put_places(struct xlsx *file, const struct fault_report *report)
{
    if (!fault_book_has_places(report))
        return true;
    struct fault_book_places at = {.file = file, .out = xlsx_add_sheet(file, FORM_SHEET_PLACES)};
    if (!at.out)
        return false;
    for (int i = 0; i < COLUMNS; i++) {
        lxw_col_t c = (lxw_col_t)i;
        worksheet_set_column(at.out, c, c, columns[c].width, NULL);
        xlsx_keep_error(
            file, worksheet_write_string(at.out, 0, c, columns[c].head, file->formats[F_HEAD]));
    }
    at.row = 1;
    for (size_t s = 0; s < report->n_sheets; s++)
        for (size_t p = 0; p < report->sheets[s].n_places; p++)
            put_place(&at, &report->sheets[s], &report->sheets[s].places[p]);
    worksheet_freeze_panes(at.out, 1, C_CODE + 1);
    worksheet_autofilter(at.out, 0, 0, at.row - 1, COLUMNS - 1);
    worksheet_set_landscape(at.out);
    worksheet_fit_to_pages(at.out, 1, 0);
    worksheet_repeat_rows(at.out, 0, 0);
    if (report->n_sheets < 2)
        worksheet_set_column_opt(at.out, C_SHEET, C_SHEET, columns[C_SHEET].width, NULL,
                                 &(lxw_row_col_options){.hidden = LXW_TRUE});
    return true;
}
