/* xlsx_file.c - opens and closes an XLSX file, and makes its formats. */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "geo/base/cell.h"
#include "layers/report/xlsx_internal.h"

enum { BRAND = 0x0F4A54, LINK = 0x0B5CAD };

void xlsx_keep_error(struct xlsx *file, lxw_error error)
{
    if (file->error == LXW_NO_ERROR)
        file->error = error;
}

void xlsx_put_text(struct xlsx *file, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                   const char *text, lxw_format *format)
{
    struct buf cell;
    buf_init(&cell);
    cell_put_xlsx(&cell, text);
    xlsx_keep_error(
        file, buf_failed(&cell)
                  ? LXW_ERROR_MEMORY_MALLOC_FAILED
                  : worksheet_write_string(sheet, row, column, cell.data ? cell.data : "", format));
    buf_free(&cell);
}

/* Every cell stands at the top of its row, beside texts of several lines. */
static lxw_format *add_format(struct xlsx *file, const char *pattern)
{
    lxw_format *format = workbook_add_format(file->book);
    if (format)
        format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (format && pattern)
        format_set_num_format(format, pattern);
    return format;
}

static bool make_formats(struct xlsx *file)
{
    static const char *const places[] = {"#,##0",        "#,##0.0",       "#,##0.00",
                                         "#,##0.000",    "#,##0.0000",    "#,##0.00000",
                                         "#,##0.000000", "#,##0.0000000", "#,##0.00000000"};
    static const char *const patterns[FORMATS] = {[F_YEAR] = "0", [F_DATE] = "dd/mm/yyyy"};
    lxw_format **formats = file->formats;
    for (int i = 0; i < FORMATS; i++)
        if (!(formats[i] = add_format(file, patterns[i])))
            return err_no_memory(file->err);
    for (int i = 0; i <= XLSX_PLACES_MAX; i++)
        if (!(file->places[i] = add_format(file, places[i])))
            return err_no_memory(file->err);
    format_set_bold(formats[F_HEAD]);
    format_set_text_wrap(formats[F_HEAD]);
    format_set_font_color(formats[F_HEAD], LXW_COLOR_WHITE);
    format_set_bg_color(formats[F_HEAD], BRAND);
    format_set_align(formats[F_HEAD], LXW_ALIGN_VERTICAL_CENTER);
    format_set_bold(formats[F_TITLE]);
    format_set_font_size(formats[F_TITLE], 16);
    format_set_font_color(formats[F_TITLE], BRAND);
    format_set_text_wrap(formats[F_WRAP]);
    format_set_bold(formats[F_BOLD]);
    format_set_underline(formats[F_LINK], LXW_UNDERLINE_SINGLE);
    format_set_font_color(formats[F_LINK], LINK);
    return true;
}

/* The library copies the texts, but does not declare them constant. */
static char *borrowed(const char *text)
{
    return (char *)(uintptr_t)text;
}

bool xlsx_open(struct xlsx *file, const char *title, const char *subject, const char *comments)
{
    char path[32];
    lxw_workbook_options options = {.constant_memory = LXW_FALSE, .tmpdir = NULL};
    lxw_doc_properties properties = {.title = borrowed(title),
                                     .subject = borrowed(subject),
                                     .author = borrowed("Programa EMPODERAR, Proyecto de Alianzas "
                                                        "Rurales II"),
                                     .comments = borrowed(comments)};
    /* The library can only write to a named file. This one is gone with the process. */
    file->copy = memfd_create("libro", MFD_CLOEXEC);
    if (file->copy < 0)
        return err_set(file->err, ERR_DEPENDENCY, "no se pudo hacer un archivo temporal: %s",
                       err_reason(errno));
    snprintf(path, sizeof path, "/proc/self/fd/%d", file->copy);
    file->words = column_words_load(file->err);
    if (!file->words)
        return false;
    file->book = workbook_new_opt(path, &options);
    if (!file->book)
        return err_no_memory(file->err);
    xlsx_keep_error(file, workbook_set_properties(file->book, &properties));
    return make_formats(file);
}

static bool read_back(int copy, struct buf *out, struct err *err)
{
    char piece[65536];
    ssize_t n;
    for (off_t at = 0; (n = pread(copy, piece, sizeof piece, at)) > 0; at += n)
        buf_put(out, piece, (size_t)n);
    if (n < 0)
        return err_set(err, ERR_DEPENDENCY, "no se pudo leer el libro: %s", err_reason(errno));
    return !buf_failed(out) || err_no_memory(err);
}

bool xlsx_close(struct xlsx *file, bool ok, struct buf *out)
{
    if (file->book)
        xlsx_keep_error(file, workbook_close(file->book)); /* also frees it, in any case */
    if (ok && file->error != LXW_NO_ERROR)
        ok = err_set(file->err, ERR_DEPENDENCY, "escribir el libro: %s", lxw_strerror(file->error));
    ok = ok && read_back(file->copy, out, file->err);
    if (file->copy >= 0)
        close(file->copy);
    column_words_free(file->words);
    free(file->listed);
    return ok;
}
