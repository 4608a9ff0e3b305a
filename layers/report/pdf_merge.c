/* pdf_merge.c - joins PDF files, adds links, bookmarks and metadata, by qpdf. */
#include "layers/report/pdf_merge.h"

#include <qpdf/qpdf-c.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static bool failed(qpdf_data pdf, struct err *err)
{
    qpdf_error problem = qpdf_get_error(pdf);
    return err_set(err, ERR_DEPENDENCY, "unir las páginas: %s",
                   problem ? qpdf_get_error_message_detail(pdf, problem) : "qpdf no dice por qué");
}

/* Appends a whole part. The part stays open: its objects are read when the file is
 * written. */
static qpdf_data add_piece(qpdf_data pdf, const struct buf *piece, struct err *err)
{
    qpdf_data source = qpdf_init();
    qpdf_silence_errors(source);
    if (qpdf_read_memory(source, "pieza", piece->data, piece->len, NULL) & QPDF_ERRORS) {
        failed(source, err);
        qpdf_cleanup(&source);
        return NULL;
    }
    int n = qpdf_get_num_pages(source);
    for (int i = 0; i < n; i++)
        if (qpdf_add_page(pdf, source, qpdf_get_page_n(source, (size_t)i), QPDF_FALSE) &
            QPDF_ERRORS) {
            failed(pdf, err);
            qpdf_cleanup(&source);
            return NULL;
        }
    return source;
}

static qpdf_oh destination(qpdf_data pdf, int page)
{
    qpdf_oh array = qpdf_oh_new_array(pdf);
    qpdf_oh_append_item(pdf, array, qpdf_get_page_n(pdf, (size_t)page - 1));
    qpdf_oh_append_item(pdf, array, qpdf_oh_new_name(pdf, "/Fit"));
    return array;
}

static void add_links(qpdf_data pdf, const struct pdf_merge *merge)
{
    char text[200];
    for (size_t i = 0; i < merge->n_links; i++) {
        const struct pdf_link *link = &merge->links[i];
        qpdf_oh page = qpdf_get_page_n(pdf, (size_t)link->page - 1);
        snprintf(text, sizeof text,
                 "<< /Type /Annot /Subtype /Link /Border [0 0 0] /Rect [%.2f %.2f %.2f %.2f] >>",
                 link->x0, link->y0, link->x1, link->y1);
        qpdf_oh note = qpdf_oh_parse(pdf, text);
        qpdf_oh_replace_key(pdf, note, "/Dest", destination(pdf, link->target));
        if (!qpdf_oh_has_key(pdf, page, "/Annots"))
            qpdf_oh_replace_key(pdf, page, "/Annots", qpdf_oh_new_array(pdf));
        qpdf_oh_append_item(pdf, qpdf_oh_get_key(pdf, page, "/Annots"),
                            qpdf_make_indirect_object(pdf, note));
    }
}

/* Sets the links of bookmarks: First, Last, Next, Prev, Parent. */
static bool add_marks(qpdf_data pdf, const struct pdf_merge *merge, struct err *err)
{
    qpdf_oh *items = calloc(merge->n_marks + 1, sizeof *items);
    qpdf_oh root = qpdf_make_indirect_object(pdf, qpdf_oh_parse(pdf, "<< /Type /Outlines >>"));
    if (!items)
        return err_no_memory(err);
    for (size_t i = 0; i < merge->n_marks; i++) {
        items[i] = qpdf_make_indirect_object(pdf, qpdf_oh_new_dictionary(pdf));
        qpdf_oh_replace_key(pdf, items[i], "/Title",
                            qpdf_oh_new_unicode_string(pdf, merge->marks[i].title));
        qpdf_oh_replace_key(pdf, items[i], "/Dest", destination(pdf, merge->marks[i].page));
    }
    for (int level = 1; level <= 2; level++) {
        qpdf_oh parent = root;
        size_t last = merge->n_marks, count = 0;
        for (size_t i = 0; i < merge->n_marks; i++) {
            if (merge->marks[i].level < level) { /* a new list of children under each */
                parent = items[i];
                last = merge->n_marks;
                count = 0;
                continue;
            }
            if (merge->marks[i].level > level)
                continue;
            qpdf_oh_replace_key(pdf, items[i], "/Parent", parent);
            if (last < merge->n_marks) {
                qpdf_oh_replace_key(pdf, items[i], "/Prev", items[last]);
                qpdf_oh_replace_key(pdf, items[last], "/Next", items[i]);
            } else
                qpdf_oh_replace_key(pdf, parent, "/First", items[i]);
            qpdf_oh_replace_key(pdf, parent, "/Last", items[i]);
            count++;
            /* A negative count: the bookmark is closed at first. */
            qpdf_oh_replace_key(
                pdf, parent, "/Count",
                qpdf_oh_new_integer(pdf, level == 1 ? (long long)count : -(long long)count));
            last = i;
        }
    }
    qpdf_oh_replace_key(pdf, qpdf_get_root(pdf), "/Outlines", root);
    qpdf_oh_replace_key(pdf, qpdf_get_root(pdf), "/PageMode",
                        qpdf_oh_new_name(pdf, "/UseOutlines"));
    free(items);
    return true;
}

static void add_language(qpdf_data pdf)
{
    qpdf_oh_replace_key(pdf, qpdf_get_root(pdf), "/Lang", qpdf_oh_new_string(pdf, "es-BO"));
}

static void add_information(qpdf_data pdf, const struct pdf_merge *merge)
{
    char date[32];
    time_t now = time(NULL);
    struct tm parts;
    qpdf_oh info = qpdf_make_indirect_object(pdf, qpdf_oh_new_dictionary(pdf));
    gmtime_r(&now, &parts);
    strftime(date, sizeof date, "D:%Y%m%d%H%M%SZ", &parts);
    qpdf_oh_replace_key(pdf, info, "/Title", qpdf_oh_new_unicode_string(pdf, merge->title));
    qpdf_oh_replace_key(pdf, info, "/Subject", qpdf_oh_new_unicode_string(pdf, merge->subject));
    qpdf_oh_replace_key(pdf, info, "/Author", qpdf_oh_new_unicode_string(pdf, merge->author));
    qpdf_oh_replace_key(pdf, info, "/Creator", qpdf_oh_new_string(pdf, "SIGG"));
    qpdf_oh_replace_key(pdf, info, "/CreationDate", qpdf_oh_new_string(pdf, date));
    qpdf_oh_replace_key(pdf, qpdf_get_trailer(pdf), "/Info", info);
    add_language(pdf);
}

static bool write_out(qpdf_data pdf, struct buf *out, struct err *err)
{
    if (qpdf_init_write_memory(pdf) & QPDF_ERRORS)
        return failed(pdf, err);
    qpdf_set_object_stream_mode(pdf, qpdf_o_generate);
    if (qpdf_write(pdf) & QPDF_ERRORS)
        return failed(pdf, err);
    buf_put(out, qpdf_get_buffer(pdf), qpdf_get_buffer_length(pdf));
    return !buf_failed(out) || err_no_memory(err);
}

bool pdf_merge_finish(const struct buf *piece, struct buf *out, struct err *err)
{
    qpdf_data pdf = qpdf_init();
    qpdf_silence_errors(pdf);
    bool ok = !(qpdf_read_memory(pdf, "informe", piece->data, piece->len, NULL) & QPDF_ERRORS) ||
              failed(pdf, err);
    if (ok) {
        qpdf_oh_replace_key(pdf, qpdf_get_root(pdf), "/MarkInfo",
                            qpdf_oh_parse(pdf, "<< /Marked true >>"));
        add_language(pdf);
        ok = write_out(pdf, out, err);
    }
    qpdf_cleanup(&pdf);
    return ok;
}

bool pdf_merge_write(const struct pdf_merge *merge, struct buf *out, struct err *err)
{
    qpdf_data pdf = qpdf_init();
    qpdf_data *sources = calloc(merge->n_pieces + 1, sizeof *sources);
    bool ok = sources || err_no_memory(err);
    qpdf_silence_errors(pdf);
    ok = ok && (!(qpdf_empty_pdf(pdf) & QPDF_ERRORS) || failed(pdf, err));
    for (size_t i = 0; i < merge->n_pieces && ok; i++)
        ok = (sources[i] = add_piece(pdf, &merge->pieces[i], err)) != NULL;
    if (ok) {
        add_links(pdf, merge);
        ok = add_marks(pdf, merge, err);
        add_information(pdf, merge);
    }
    ok = ok && write_out(pdf, out, err);
    for (size_t i = 0; sources && i < merge->n_pieces; i++)
        if (sources[i])
            qpdf_cleanup(&sources[i]);
    free(sources);
    qpdf_cleanup(&pdf);
    return ok;
}
