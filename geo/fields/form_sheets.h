/* form_sheets.h - the names of the sheets of our own workbooks: the template that people fill in
 * (layers/report/form_book.h) and the book of rows to correct (layers/report/fault_book.h).
 *
 * An import reads «Datos», or the sheets of the rows to correct, and passes over the others.
 *
 * Owns:    nothing; everything is constant.
 * Threads: any.
 */
#ifndef GEO_FORM_SHEETS_H
#define GEO_FORM_SHEETS_H

#include <stdbool.h>
#include <stddef.h>

#define FORM_SHEET_DATA "Datos"
#define FORM_SHEET_EXAMPLES "Ejemplos"
#define FORM_SHEET_HELP "Instrucciones"
#define FORM_SHEET_UNITS "Municipios"
#define FORM_SHEET_LISTS "Listas"
/* Of the workbook of rows to correct, which has «Instrucciones» too. */
#define FORM_SHEET_PLACES "Lugares por revisar"
/* Of the workbook of a figure, which has one other sheet (layers/report/xlsx_table.c). */
#define FORM_SHEET_FIGURE "Léame"

/* Rows of «Ejemplos» as the template has them. */
enum { FORM_EXAMPLES = 3 };

/* The column that the book of rows to correct adds: the row in the file that was imported. */
#define FORM_COLUMN_ROW "Fila de origen"

/* True if an import passes over that sheet, with a word: it is called «Instrucciones», or has
 * another of the names above, but for «Datos», and stands in a template of ours, which has «Datos»,
 * «Ejemplos» and «Instrucciones», or is FORM_SHEET_PLACES beside «Instrucciones». So a sheet
 * «Municipios» in somebody else's workbook is read. */
bool form_sheet_is_ours(const char *const *sheets, size_t n_sheets, size_t sheet);

/* True if the sheet explains the only other one, as in the workbook of a figure. */
bool form_sheet_explains(const char *const *sheets, size_t n_sheets, size_t sheet);

/* True if the sheet stands in the workbook of `sigg report libro`, and has no records of the layer:
 * its figures are computed, and must not come back as facts. */
bool form_sheet_is_figures(const char *const *sheets, size_t n_sheets, size_t sheet,
                           const char *layer);

/* True for the heading FORM_COLUMN_ROW, which fills no field and needs no warning. */
bool form_column_is_ours(const char *heading);

#endif
