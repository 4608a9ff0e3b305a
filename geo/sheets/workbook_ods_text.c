/* workbook_ods_text.c - the text of a paragraph in an ODS workbook. */
#include <string.h>

#include "geo/sheets/workbook_ods_internal.h"

static const char blanks[] = " \t\r\n";

bool workbook_ods_text(struct geo_workbook_rows *rows, size_t paragraph_at, const char *text,
                       size_t len, struct err *err)
{
    while (len > 0) {
        size_t word = 0, gap = 0;
        while (gap < len && strchr(blanks, text[gap]))
            gap++;
        const struct buf *so_far = &rows->text;
        bool wanted = so_far->len > paragraph_at && so_far->data[so_far->len - 1] != ' ';
        if (gap && wanted && !workbook_row_text(rows, " ", 1, err))
            return false;
        for (text += gap, len -= gap; word < len && !strchr(blanks, text[word]);)
            word++;
        if (!workbook_row_text(rows, text, word, err))
            return false;
        text += word;
        len -= word;
    }
    return true;
}
