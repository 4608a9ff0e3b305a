/* cell.c - guards texts of CSV and XLSX with an apostrophe, removes it, and escapes them. */
#include "geo/base/cell.h"

#include <string.h>

static bool opens_formula(const char *text)
{
    static const char *const wide[] = {"＝", "＋", "－", "＠"};
    if (text[0] && strchr("=+-@\t\r\n", text[0]))
        return true;
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (strncmp(text, wide[i], strlen(wide[i])) == 0)
            return true;
    return false;
}

/* "-3.5", "-17,5" or a pair of coordinates "-14.25, -64.75": no formula. */
static bool is_plain_numbers(const char *text)
{
    for (;;) {
        text += text[0] == '-' || text[0] == '+';
        if (text[0] < '0' || text[0] > '9')
            return false;
        size_t len = strspn(text, "0123456789.,;");
        const char last = text[len - 1];
        text += len;
        if (!*text)
            return true;
        if (last != ',' && last != ';')
            return false;
        text += strspn(text, " ");
    }
}

/* A text of apostrophes before a formula gets another apostrophe, so that removing one
 * always gives back the text. */
bool cell_needs_guard(const char *text, enum cell_of of)
{
    size_t apostrophes = strspn(text, "'");
    if (apostrophes)
        return opens_formula(text + apostrophes);
    return of == CELL_CSV && opens_formula(text) && !is_plain_numbers(text);
}

const char *cell_unguard(const char *text)
{
    if (*text != '\'') /* the usual text */
        return text;
    size_t apostrophes = strspn(text, "'");
    return opens_formula(text + apostrophes) ? text + 1 : text;
}

void cell_put_csv(struct buf *out, const char *text)
{
    if (!cell_needs_guard(text, CELL_CSV)) {
        buf_put_csv(out, text);
        return;
    }
    struct buf guarded;
    buf_init(&guarded);
    buf_putc(&guarded, '\'');
    buf_puts(&guarded, text);
    if (buf_failed(&guarded))
        out->failed = true;
    else
        buf_put_csv(out, guarded.data);
    buf_free(&guarded);
}

static bool is_escape(const char *text)
{
    return text[0] == '_' && text[1] == 'x' && strspn(text + 2, "0123456789abcdefABCDEF") >= 4 &&
           text[6] == '_';
}

void cell_put_xlsx(struct buf *out, const char *text)
{
    if (cell_needs_guard(text, CELL_XLSX))
        buf_putc(out, '\'');
    for (; *text; text++) {
        if (is_escape(text))
            buf_puts(out, "_x005F_");
        else
            buf_putc(out, *text);
    }
}
