/* form_sheets.c - tells the sheets and the column that our own workbooks add. */
#include "geo/fields/form_sheets.h"

#include <string.h>

static bool has_sheet(const char *const *sheets, size_t n_sheets, const char *name)
{
    for (size_t i = 0; i < n_sheets; i++)
        if (strcmp(sheets[i], name) == 0)
            return true;
    return false;
}

bool form_sheet_is_ours(const char *const *sheets, size_t n_sheets, size_t sheet)
{
    static const char *const names[] = {FORM_SHEET_EXAMPLES, FORM_SHEET_HELP, FORM_SHEET_UNITS,
                                        FORM_SHEET_LISTS};
    bool named = false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        named = named || strcmp(sheets[sheet], names[i]) == 0;
    if (strcmp(sheets[sheet], FORM_SHEET_HELP) == 0)
        return true;
    if (strcmp(sheets[sheet], FORM_SHEET_PLACES) == 0)
        return has_sheet(sheets, n_sheets, FORM_SHEET_HELP);
    return named && has_sheet(sheets, n_sheets, FORM_SHEET_HELP) &&
           has_sheet(sheets, n_sheets, FORM_SHEET_DATA) &&
           has_sheet(sheets, n_sheets, FORM_SHEET_EXAMPLES);
}

bool form_sheet_explains(const char *const *sheets, size_t n_sheets, size_t sheet)
{
    return n_sheets == 2 && strcmp(sheets[sheet], FORM_SHEET_FIGURE) == 0;
}

/* The sheets of the report that have records; the others have figures. */
static const struct {
    const char *sheet, *layer;
} records[] = {{"Alianzas", "alianzas"},
               {"Áreas de riego", "areas_riego"},
               {"Subproyectos", "subproyectos"},
               {"Hechos por municipio", "hechos_municipio"}};

bool form_sheet_is_figures(const char *const *sheets, size_t n_sheets, size_t sheet,
                           const char *layer)
{
    if (!has_sheet(sheets, n_sheets, "Lea primero") ||
        !has_sheet(sheets, n_sheets, "Cobertura nacional"))
        return false;
    for (size_t i = 0; i < sizeof records / sizeof *records; i++)
        if (strcmp(sheets[sheet], records[i].sheet) == 0)
            return strcmp(records[i].layer, layer) != 0;
    return true;
}

bool form_column_is_ours(const char *heading)
{
    return strcmp(heading, FORM_COLUMN_ROW) == 0;
}
