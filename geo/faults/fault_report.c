/* fault_report.c - writes faults of an import as JSON, and rows as people name them. */
#include "geo/faults/fault_report.h"

#include <string.h>

#include "geo/base/json.h"
#include "geo/base/number.h"

void fault_letters(size_t column, char letters[FAULT_LETTERS])
{
    char reversed[FAULT_LETTERS];
    size_t n = 0;
    for (size_t left = column + 1; left > 0; left = (left - 1) / 26)
        reversed[n++] = (char)('A' + (left - 1) % 26);
    for (size_t i = 0; i < n; i++)
        letters[i] = reversed[n - 1 - i];
    letters[n] = '\0';
}

/* The index after the run of consecutive rows that begins at `from`; two are no run. */
static size_t end_of_run(const int64_t *rows, size_t n_rows, size_t from)
{
    size_t to = from + 1;
    while (to < n_rows && rows[to] == rows[to - 1] + 1)
        to++;
    return to - from > 2 ? to : from + 1;
}

void fault_put_rows(struct buf *out, const int64_t *rows, size_t n_rows, size_t most)
{
    for (size_t from = 0, to, runs = 0; from < n_rows; from = to, runs++) {
        if (runs == most) {
            buf_puts(out, " y ");
            number_put_short(out, (double)(n_rows - from), 0);
            buf_puts(out, " más");
            return;
        }
        to = end_of_run(rows, n_rows, from);
        buf_puts(out, runs == 0 ? "" : to == n_rows ? " y " : ", ");
        buf_put_int(out, rows[from]);
        if (to - from > 1) {
            buf_puts(out, "–");
            buf_put_int(out, rows[to - 1]);
        }
    }
}

static void put_text(struct buf *out, const char *key, const char *text)
{
    if (text)
        json_text(out, key, text);
}

void fault_put_json(struct buf *out, const struct fault_sheet *sheet,
                    const struct fault_entry *faults, size_t n_faults)
{
    json_key(out, "faltas");
    buf_putc(out, '[');
    for (size_t i = 0; i < n_faults; i++) {
        const struct fault_entry *fault = &faults[i];
        json_next(out);
        buf_putc(out, '{');
        if (fault->row)
            json_int(out, "fila", fault->row);
        if (fault->column >= 0 && (size_t)fault->column < sheet->n_columns) {
            char letters[FAULT_LETTERS];
            fault_letters((size_t)fault->column, letters);
            put_text(out, "columna", sheet->columns[fault->column]);
            put_text(out, "letra", letters);
        }
        put_text(out, "campo", fault->field);
        put_text(out, "valor", fault->value);
        put_text(out, "mensaje", fault->message);
        put_text(out, "acepta", fault->accepted);
        json_bool(out, "aviso", fault->warning);
        buf_putc(out, '}');
    }
    buf_putc(out, ']');
}

size_t fault_count(const struct fault_sheet *sheet, bool warnings)
{
    size_t n = 0;
    for (size_t i = 0; i < sheet->n_faults; i++)
        n += sheet->faults[i].warning == warnings;
    return n;
}

void fault_put_word(struct buf *out, const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "_-+=./,:@%";
    if (word[0] && !word[strspn(word, plain)]) {
        buf_puts(out, word);
        return;
    }
    buf_putc(out, '"');
    for (; *word; word++) {
        if (strchr("\"\\$`", *word))
            buf_putc(out, '\\');
        buf_putc(out, *word);
    }
    buf_putc(out, '"');
}
