/* workbook_run.c - letters in a cell that are raised, lowered or struck out. */
#include "geo/sheets/workbook_run.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* By their place in `plain`. 'a' and 'o' are those of ordinals: "N" and "o" are "Nº". */
static const char plain[] = "0123456789+-()abcdefghijklmnoprstuvwxyz";
static const char *const raised[sizeof plain] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹",
                                                 "⁺", "⁻", "⁽", "⁾", "ª", "ᵇ", "ᶜ", "ᵈ", "ᵉ", "ᶠ",
                                                 "ᵍ", "ʰ", "ⁱ", "ʲ", "ᵏ", "ˡ", "ᵐ", "ⁿ", "º", "ᵖ",
                                                 "ʳ", "ˢ", "ᵗ", "ᵘ", "ᵛ", "ʷ", "ˣ", "ʸ", "ᶻ"};
static const char *const lowered[sizeof plain] = {"₀", "₁", "₂", "₃", "₄", "₅", "₆",
                                                  "₇", "₈", "₉", "₊", "₋", "₍", "₎"};

void workbook_run_align(struct workbook_run *run, const char *value)
{
    run->raised = value && strcmp(value, "superscript") == 0;
    run->lowered = value && strcmp(value, "subscript") == 0;
}

void workbook_run_strike(struct workbook_run *run, const char *value)
{
    run->struck = !value || (strcmp(value, "0") != 0 && strcmp(value, "false") != 0);
}

void workbook_run_position(struct workbook_run *run, const char *value)
{
    if (!value)
        return;
    double height = strtod(value, NULL);
    run->raised = height > 0 || strncmp(value, "super", 5) == 0;
    run->lowered = height < 0 || strncmp(value, "sub", 3) == 0;
}

void workbook_run_line(struct workbook_run *run, const char *value)
{
    if (value)
        run->struck = strcmp(value, "none") != 0;
}

/* Words, such as the "er" of "1er", are no marks. */
static bool has_word(const char *text, size_t len)
{
    size_t letters = 0;
    for (size_t i = 0; i < len; i++)
        letters += isalpha((unsigned char)text[i]) || (unsigned char)text[i] >= 0x80;
    return letters > 1;
}

bool workbook_run_write(const struct workbook_run *run, struct buf *text, size_t at)
{
    if (text->len <= at || (!run->struck && !run->raised && !run->lowered))
        return true;
    struct buf copy;
    buf_init(&copy);
    if (!run->struck)
        buf_put(&copy, text->data + at, text->len - at);
    text->len = at;
    text->data[at] = '\0';
    bool word = has_word(copy.data, copy.len);
    for (size_t i = 0; i < copy.len; i++) {
        const char *found = copy.data[i] ? strchr(plain, copy.data[i]) : NULL;
        const char *mark = found ? (run->raised ? raised : lowered)[found - plain] : NULL;
        if (mark && !(word && isalpha((unsigned char)copy.data[i])))
            buf_puts(text, mark);
        else
            buf_putc(text, copy.data[i]);
    }
    bool ok = !buf_failed(&copy) && !buf_failed(text);
    buf_free(&copy);
    return ok;
}
