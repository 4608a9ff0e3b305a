/* test_report.c - tests of layers/report.
 * Every template composes, every column of a table is described, and merged PDFs are valid
 * for qpdf. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "geo/catalog/column_words.h"
#include "geo/import/dataset.h"
#include "layers/report/atlas.h"
#include "layers/report/report.h"
#include "tests/support/must.h"

static char path[] = "/tmp/sigg-report-XXXXXX";
static struct geo_store *store;
static struct report_data *data;

static int open_data(void **state)
{
    struct err err = {0};
    const struct report_query query = {.version = "0.0.0"};
    int fd = mkstemp(path);
    (void)state;
    close(fd);
    unlink(path);
    store = geo_store_open(path, GEO_STORE_CREATE, &err);
    must(store && geo_dataset_load(store, NULL, NULL, &err), &err);
    data = report_data_open(store, &query, &err);
    must(data != NULL, &err);
    return 0;
}

static int close_data(void **state)
{
    (void)state;
    report_data_close(data);
    geo_store_close(store);
    unlink(path);
    return 0;
}

static bool starts_and_ends(const struct buf *pdf)
{
    return pdf->len > 1000 && memcmp(pdf->data, "%PDF-1.", 7) == 0 &&
           memcmp(pdf->data + pdf->len - 6, "%%EOF\n", 6) == 0;
}

/* Every place that a template names exists, for the country, each department and a
 * municipality. */
static void test_templates(void **state)
{
    const struct geo_units *units = report_units(data);
    struct report_scope scope;
    struct err err = {0};
    struct buf out;
    const char *last = "";
    size_t departments = 0;
    (void)state;
    buf_init(&out);
    must(report_scope_find(data, REPORT_NACIONAL, NULL, &scope, &err), &err);
    must(report_pdf(data, REPORT_NACIONAL, &scope, &out, &err), &err);
    assert_true(starts_and_ends(&out));
    for (size_t u = 0; u < units->n; u++) {
        if (strcmp(units->units[u].departamento, last) == 0)
            continue;
        last = units->units[u].departamento;
        departments++;
        buf_clear(&out);
        must(report_scope_find(data, REPORT_DEPARTAMENTO, last, &scope, &err), &err);
        if (departments > 2) /* all names are checked; drawing two is enough */
            continue;
        must(report_pdf(data, REPORT_DEPARTAMENTO, &scope, &out, &err), &err);
        assert_true(starts_and_ends(&out));
    }
    assert_int_equal(departments, 9);
    buf_clear(&out);
    must(report_scope_find(data, REPORT_MUNICIPIO, "020101", &scope, &err), &err);
    assert_string_equal(scope.departamento, "La Paz");
    must(report_pdf(data, REPORT_MUNICIPIO, &scope, &out, &err), &err);
    assert_true(starts_and_ends(&out));
    buf_free(&out);
}

static void test_not_there(void **state)
{
    struct report_scope scope;
    struct err err = {0};
    (void)state;
    assert_false(report_scope_find(data, REPORT_DEPARTAMENTO, "Potosi ", &scope, &err) == false);
    assert_false(report_scope_find(data, REPORT_DEPARTAMENTO, "Lima", &scope, &err));
    assert_int_equal(err.kind, ERR_NOT_FOUND);
    assert_non_null(strstr(err.message, "Lima"));
    assert_non_null(strstr(err.message, "Cochabamba"));
    err = (struct err){0};
    assert_false(report_scope_find(data, REPORT_MUNICIPIO, "999999", &scope, &err));
    assert_int_equal(err.kind, ERR_NOT_FOUND);
    err = (struct err){0};
    assert_null(report_rows(data, "nada", &err));
    assert_int_equal(err.kind, ERR_SETUP);
    err = (struct err){0};
    assert_null(report_picture(data, "nada", &err));
    const struct report_query other = {.version = "0", .edition = "1825"};
    err = (struct err){0};
    struct geo_store *second = geo_store_open(path, GEO_STORE_READ, &err);
    assert_null(report_data_open(second, &other, &err));
    assert_int_equal(err.kind, ERR_NOT_FOUND);
    geo_store_close(second);
}

/* A new column without a line in columns.json fails here, by name; so does a
 * title of a sheet that Excel would refuse. */
static void test_words(void **state)
{
    struct err err = {0};
    struct column_words *words = column_words_load(&err);
    (void)state;
    must(words != NULL, &err);
    for (size_t i = 0; report_source_at(i); i++) {
        const struct report_source *source = report_source_at(i);
        const struct rows *rows = report_rows(data, source->name, &err);
        const struct rows_column *columns;
        must(rows != NULL, &err);
        size_t letters = 0, n = rows_columns(rows, &columns);
        for (const char *c = source->title; *c; c++)
            letters += (*c & 0xC0) != 0x80;
        if (letters > 31 || strpbrk(source->title, "[]:*?/\\'"))
            fail_msg("«%s» is no name of a sheet", source->title);
        assert_true(source->definition[0] != '\0');
        for (size_t c = 0; c < n; c++)
            if (!column_title(words, NULL, columns[c].name) ||
                !column_definition(words, NULL, columns[c].name))
                fail_msg("%s: the column %s has no title and definition in columns.json",
                         source->name, columns[c].name);
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(report_source_at(k)->title, source->title);
    }
    column_words_free(words);
}

static void count_progress(void *arg, double done)
{
    double *last = arg;
    assert_true(done >= *last - 1e-9 && done <= 1 + 1e-9);
    *last = done;
}

/* Any number of threads makes the same number of pages. */
static void test_atlas(void **state)
{
    struct err err = {0};
    size_t sheets = 0, lengths[2];
    (void)state;
    for (int threads = 1; threads <= 3; threads += 2) {
        double done = 0;
        struct buf out;
        buf_init(&out);
        must(atlas_pdf(data, "Pando", threads, count_progress, &done, &out, &sheets, &err), &err);
        assert_int_equal(sheets, 15);
        assert_true(starts_and_ends(&out) || out.len > 1000);
        assert_true(done == 1);
        lengths[threads / 2] = out.len;
        buf_free(&out);
    }
    assert_true(lengths[0] > lengths[1] ? lengths[0] - lengths[1] < 200
                                        : lengths[1] - lengths[0] < 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_templates),
        cmocka_unit_test(test_not_there),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_atlas),
    };
    return cmocka_run_group_tests(tests, open_data, close_data);
}
