/* fault_page_text.c - writes texts of a source, and ids, to the page of corrections. */
#include <string.h>

#include "geo/base/text.h"
#include "layers/report/fault_page_internal.h"

enum { SHOWN_BYTES = 300 };

/* The length of a mark that turns the direction of the text around it (U+202A to U+202E, U+2066
 * to U+2069), with which a value could make the page say something else; 0: none. */
static size_t turning_mark(const char *text, size_t left)
{
    unsigned char last = left > 2 ? (unsigned char)text[2] : 0;
    bool embedding = left > 2 && memcmp(text, "\xE2\x80", 2) == 0 && last >= 0xAA && last <= 0xAE;
    bool isolate = left > 2 && memcmp(text, "\xE2\x81", 2) == 0 && last >= 0xA6 && last <= 0xA9;
    return embedding || isolate ? 3 : 0;
}

/* A control character as its picture (U+2400 and on); bytes that are not UTF-8 as U+FFFD. */
static void put_part(struct buf *out, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        size_t turning = turning_mark(text + i, len - i);
        if (turning) {
            buf_puts(out, "\xEF\xBF\xBD");
            i += turning - 1;
        } else if (c < 0x20)
            buf_printf(out, "\xE2\x90%c", 0x80 + c);
        else if (c == 0x7F)
            buf_puts(out, "\xE2\x90\xA1");
        else
            buf_put_html(out, (const char[]){text[i], '\0'});
    }
}

void fault_page_put_text(struct buf *out, const char *text)
{
    if (text_is_utf8(text, strlen(text))) {
        put_part(out, text, strlen(text));
        return;
    }
    for (; *text; text++) {
        if ((unsigned char)*text < 0x80)
            put_part(out, text, 1);
        else
            buf_puts(out, "\xEF\xBF\xBD");
    }
}

/* A value, cut where it is long. <bdi> keeps its direction from the rest of the line. */
void fault_page_put_value(struct buf *out, const char *value)
{
    size_t len = strlen(value);
    bool whole = len <= SHOWN_BYTES;
    buf_puts(out, "<mark><bdi>");
    if (!whole && text_is_utf8(value, len)) {
        put_part(out, value, (size_t)text_cut(value, SHOWN_BYTES));
        buf_puts(out, "…");
    } else
        fault_page_put_text(out, value);
    buf_puts(out, len ? "</bdi></mark>" : "vacío</bdi></mark>");
}

void fault_page_put_id(struct buf *out, size_t sheet, bool warnings, size_t group)
{
    buf_printf(out, "%c%zu-%zu", warnings ? 'a' : 'f', sheet + 1, group + 1);
}
