/* table.c - lays out a table on the pages of a report. */
#include "layers/report/table.h"

#include <math.h>
#include <pango/pango.h>
#include <string.h>

#define GAP 7.0    /* between columns */
#define PAD 1.9    /* above and below a row's text */
#define LEAST 30.0 /* no text column gets narrower */

struct layout {
    double widths[TABLE_COLUMNS];
    double head;
};

static double longest_word(struct pen *pen, const char *text)
{
    char word[128];
    double widest = 0;
    for (const char *at = text; *at;) {
        size_t len = strcspn(at, " ");
        size_t cut = len < sizeof word ? len : sizeof word - 1;
        memcpy(word, at, cut);
        word[cut] = '\0';
        widest = fmax(widest, pen_text_width(pen, PEN_SMALL_BOLD, word));
        at += len + (at[len] == ' ');
    }
    return widest;
}

/* Columns of numbers are as wide as their widest number. Texts share the rest by their
 * need, each at most half the table. */
static void lay_out(struct paper *paper, const struct table *table, struct layout *layout)
{
    double fixed = GAP * (double)(table->n_columns - 1), wanted = 0;
    double natural[TABLE_COLUMNS] = {0};
    for (size_t c = 0; c < table->n_columns; c++) {
        natural[c] = longest_word(paper->pen, table->columns[c].title) + 0.5;
        for (size_t r = 0; r < table->n_rows; r++) {
            bool total = table->total && r + 1 == table->n_rows;
            natural[c] =
                fmax(natural[c], pen_text_width(paper->pen, total ? PEN_TABLE_BOLD : PEN_TABLE,
                                                table->cells[r * table->n_columns + c]) +
                                     0.5);
        }
        if (table->columns[c].number)
            fixed += natural[c];
        else
            wanted += natural[c];
    }
    double room = paper->width - fixed;
    for (size_t c = 0; c < table->n_columns; c++)
        layout->widths[c] = natural[c];
    double extra = 0;
    if (wanted > room) { /* the widest texts are narrowed first */
        double cap = room;
        for (int round = 0; round < 60; round++) {
            double sum = 0;
            for (size_t c = 0; c < table->n_columns; c++)
                if (!table->columns[c].number)
                    sum += fmin(natural[c], cap);
            if (sum <= room)
                break;
            cap *= 0.95;
        }
        for (size_t c = 0; c < table->n_columns; c++)
            if (!table->columns[c].number)
                layout->widths[c] = fmin(natural[c], fmax(cap, LEAST));
    } else
        extra = fmin((room - wanted) / (double)table->n_columns, 26);
    /* Extra width is divided among all columns; the remainder goes to the widest text. */
    double sum = GAP * (double)(table->n_columns - 1);
    size_t widest = table->n_columns;
    for (size_t c = 0; c < table->n_columns; c++) {
        layout->widths[c] += extra;
        sum += layout->widths[c];
        if (!table->columns[c].number &&
            (widest == table->n_columns || natural[c] > natural[widest]))
            widest = c;
    }
    if (widest < table->n_columns)
        layout->widths[widest] += paper->width - sum;
    layout->head = 0;
    for (size_t c = 0; c < table->n_columns; c++) {
        char *markup = g_markup_escape_text(table->columns[c].title, -1);
        layout->head = fmax(layout->head, pen_paragraph_height(paper->pen, PEN_SMALL_BOLD,
                                                               layout->widths[c], markup));
        g_free(markup);
    }
    layout->head += 6;
}

static double row_height(struct paper *paper, const struct table *table,
                         const struct layout *layout, size_t row)
{
    bool total = table->total && row + 1 == table->n_rows;
    double height = pen_line_height(paper->pen, PEN_TABLE);
    for (size_t c = 0; c < table->n_columns; c++) {
        const char *text = table->cells[row * table->n_columns + c];
        if (table->columns[c].number || strlen(text) * 1.5 < layout->widths[c] / 3)
            continue;
        char *markup = g_markup_escape_text(text, -1);
        height = fmax(height, pen_paragraph_height(paper->pen, total ? PEN_TABLE_BOLD : PEN_TABLE,
                                                   layout->widths[c], markup));
        g_free(markup);
    }
    return height + 2 * PAD;
}

static void put_head(struct paper *paper, const struct table *table, const struct layout *layout)
{
    double x = paper->x, low = paper->y + layout->head;
    paper_tag(paper, "TR");
    for (size_t c = 0; c < table->n_columns; c++) {
        char *markup = g_markup_escape_text(table->columns[c].title, -1);
        double height = pen_paragraph_height(paper->pen, PEN_SMALL_BOLD, layout->widths[c], markup);
        paper_tag(paper, "TH");
        pen_paragraph(paper->pen, PEN_SMALL_BOLD, PEN_DEEP, x, low - 3 - height, layout->widths[c],
                      table->columns[c].number ? 1 : 0, markup);
        paper_untag(paper, "TH");
        g_free(markup);
        x += layout->widths[c] + GAP;
    }
    paper_untag(paper, "TR");
    pen_rule(paper->pen, PEN_DEEP, 0.9, paper->x, low, paper->x + paper->width, low);
    paper->y = low;
}

static void put_row(struct paper *paper, const struct table *table, const struct layout *layout,
                    size_t row, double height)
{
    bool total = table->total && row + 1 == table->n_rows;
    enum pen_font style = total ? PEN_TABLE_BOLD : PEN_TABLE;
    double x = paper->x, right = paper->x + paper->width;
    if (total)
        pen_rule(paper->pen, PEN_DEEP, 0.6, paper->x, paper->y, right, paper->y);
    paper_tag(paper, "TR");
    for (size_t c = 0; c < table->n_columns; c++) {
        char *markup = g_markup_escape_text(table->cells[row * table->n_columns + c], -1);
        paper_tag(paper, "TD");
        pen_paragraph(paper->pen, style, PEN_BLACK, x, paper->y + PAD, layout->widths[c],
                      table->columns[c].number ? 1 : 0, markup);
        paper_untag(paper, "TD");
        g_free(markup);
        x += layout->widths[c] + GAP;
    }
    paper_untag(paper, "TR");
    paper->y += height;
    if (!total)
        pen_rule(paper->pen, PEN_RULE, 0.4, paper->x, paper->y, right, paper->y);
}

/* A table of up to a third of a page is not divided. */
double table_least(struct paper *paper, const struct table *table)
{
    struct layout layout;
    lay_out(paper, table, &layout);
    double some = layout.head, whole = layout.head;
    for (size_t r = 0; r < table->n_rows; r++) {
        double height = row_height(paper, table, &layout, r);
        whole += height;
        some += r < 3 ? height : 0;
        if (whole > (paper->bottom - PAPER_TOP) / 3)
            return some;
    }
    return whole;
}

void table_put(struct paper *paper, const struct table *table)
{
    struct layout layout;
    lay_out(paper, table, &layout);
    paper_need(paper, table_least(paper, table));
    paper_tag(paper, "Table");
    put_head(paper, table, &layout);
    double height = table->n_rows ? row_height(paper, table, &layout, 0) : 0;
    for (size_t r = 0; r < table->n_rows; r++) {
        double next = r + 1 < table->n_rows ? row_height(paper, table, &layout, r + 1) : 0;
        /* The last two rows stay together. */
        double need = r + 2 == table->n_rows ? height + next : height;
        if (paper->y + need > paper->bottom && !paper->column) {
            paper_untag(paper, "Table");
            paper_break(paper);
            paper_tag(paper, "Table");
            put_head(paper, table, &layout);
        }
        put_row(paper, table, &layout, r, height);
        height = next;
    }
    paper_untag(paper, "Table");
}
