/* test_delimited.c - tests of geo/sheets/delimited.
 * Separators, quotes, line ends, encodings, faulty rows, limits; as the bytes of small files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "geo/base/buf.h"
#include "geo/sheets/delimited.h"
#include "geo/sheets/header.h"
#include "tests/support/known_names.h"
#include "tests/support/must.h"

/* Rows as "1:a|b|" and the like: line, cells; '~' for an empty one. "3!why" for a faulty one. */
static void put_rows(struct delimited *text, struct buf *out)
{
    struct source_cells row;
    for (bool more = true; more;) {
        struct err err = {0};
        bool ok = delimited_next(text, &row, &more, &err);
        if (!more && ok)
            return;
        buf_printf(out, "%s%d:", out->len ? " / " : "", (int)row.line);
        for (size_t c = 0; c < row.n; c++)
            buf_printf(out, "%s|", row.cells[c].kind == SOURCE_CELL_TEXT ? row.cells[c].text : "~");
        if (!ok)
            buf_printf(out, "!%s", err.message);
    }
}

/* An exact copy of the bytes, so that sanitizers see a read past its end. */
static struct delimited *open_bytes(const char *bytes, size_t len, bool known, char **copy)
{
    struct err err = {0};
    struct delimited_options options = {.limits = &geo_source_usual_limits,
                                        .known = known ? known_name : NULL};
    *copy = malloc(len ? len : 1);
    assert_non_null(*copy);
    memcpy(*copy, bytes, len);
    struct delimited *text = delimited_new(*copy, len, &options, &err);
    must(text, &err);
    return text;
}

#define LITERAL(text) (text), sizeof(text) - 1

static const struct {
    const char *name, *bytes;
    size_t len;
    const char *rows;
} cases[] = {
    {"comma", LITERAL("a,b\n1,2\n"), "1:a|b| / 2:1|2|"},
    {"no line end", LITERAL("a;b\n1;2"), "1:a|b| / 2:1|2|"},
    {"CR LF", LITERAL("a;b\r\n1;2\r\n"), "1:a|b| / 2:1|2|"},
    {"CR CR LF", LITERAL("a;b\r\r\n1;2\r\r\n"), "1:a|b| / 2:1|2|"},
    {"CR", LITERAL("a;b\r1;2\r3;\"x\ny\"\r4;5"), "1:a|b| / 2:1|2| / 3:3|x\ny| / 5:4|5|"},
    {"CR, then others", LITERAL("a;b\r1;2\r\n3;4\n5;6\n"), "1:a|b| / 2:1|2| / 3:3|4| / 4:5|6|"},
    {"tab", LITERAL("a\tb\n1\t2\n"), "1:a|b| / 2:1|2|"},
    {"bar", LITERAL("a|b\n1,5|2,5\n"), "1:a|b| / 2:1,5|2,5|"},
    {"bar with tabs", LITERAL("a|b\n1\t|2\n"), "1:a|b| / 2:1\t|2|"},
    {"quotes", LITERAL("a;b\n\"x;\"\"y\"\"\nz\";2\n3;4\n"), "1:a|b| / 2:x;\"y\"\nz|2| / 4:3|4|"},
    {"quotes, CR LF", LITERAL("a;b\r\n\"x\r\ny\";2\r\n3;\"4\"\r\n"),
     "1:a|b| / 2:x\r\ny|2| / 4:3|4|"},
    {"blanks around quotes", LITERAL("a;b\n \"x\" ;\t\"y;\"\t\n"), "1:a|b| / 2:x|y;|"},
    {"a quote inside", LITERAL("a;b\nTubo 5\" PVC;2\nx;5\"\n"),
     "1:a|b| / 2:Tubo 5\" PVC|2| / 3:x|5\"|"},
    {"empty", LITERAL("a;b;c\n;\"\";3\n"), "1:a|b|c| / 2:~|~|3|"},
    {"separators at the end", LITERAL("a;b;;\n1;2;;\n"), "1:a|b|~|~| / 2:1|2|~|~|"},
    {"blank rows", LITERAL("a;b\n\n;\n \t; \n1;2\n\n"), "1:a|b| / 5:1|2|"},
    {"byte order mark twice",
     LITERAL("\xEF\xBB\xBF\xEF\xBB\xBF"
             "a;b\n1;2\n"),
     "1:a|b| / 2:1|2|"},
    {"Ctrl-Z", LITERAL("a;b\r\n1;2\r\n\x1A\x1A\r\n"), "1:a|b| / 2:1|2|"},
    {"Ctrl-Z after a value", LITERAL("a;b\n1;2\x1A"), "1:a|b| / 2:1|2|"},
    {"sep=", LITERAL("sep=;\na;b\n1,5;2\n"), "2:a|b| / 3:1,5|2|"},
    {"sep=, quoted", LITERAL("\xEF\xBB\xBF\"sep=,\"\r\na,b\r\n1;5,2\r\n"), "2:a|b| / 3:1;5|2|"},
    {"Sep=, another", LITERAL("Sep=^\na^b\n1;5^2\n"), "2:a|b| / 3:1;5|2|"},
    {"sep=, a tab", LITERAL("sep=\t\na\tb\n1;5\t2\n"), "2:a|b| / 3:1;5|2|"},
    {"sep=, filled up", LITERAL("sep=;;;\na;b;\n1;2;\n"), "2:a|b|~| / 3:1|2|~|"},
    {"a name like sep=", LITERAL("sep=x;b\n1;2\n"), "1:sep=x|b| / 2:1|2|"},
    {"comma in a name", LITERAL("codigo;area (ha, neta)\nC-1;12\nC-2;13\n"),
     "1:codigo|area (ha, neta)| / 2:C-1|12| / 3:C-2|13|"},
    {"commas in a name and in a number", LITERAL("codigo;area (ha, neta)\nC-1;12,5\nC-2;13,5\n"),
     "1:codigo|area (ha, neta)| / 2:C-1|12,5| / 3:C-2|13,5|"},
    {"semicolons in a text", LITERAL("codigo,rubros\nC-1,papa;trigo\nC-2,maiz;quinua\n"),
     "1:codigo|rubros| / 2:C-1|papa;trigo| / 3:C-2|maiz;quinua|"},
    {"polygons", LITERAL("id;wkt\n1;POLYGON((0 0,1 0,1 1,0 0))\n2;POLYGON((0 0,2 0,2 2,0 0))\n"),
     "1:id|wkt| / 2:1|POLYGON((0 0,1 0,1 1,0 0))| / 3:2|POLYGON((0 0,2 0,2 2,0 0))|"},
    {"numbers in a name", LITERAL("clave;radios 1,5, 2,5\nC-1;1,2,3,4\nC-2;5,6,7,8\n"),
     "1:clave|radios 1,5, 2,5| / 2:C-1|1,2,3,4| / 3:C-2|5,6,7,8|"},
    {"title with commas", LITERAL("Lista, de 2021, por zona, La Paz\n\ncodigo;nombre\nC;Uno\n"),
     "1:Lista, de 2021, por zona, La Paz| / 3:codigo|nombre| / 4:C|Uno|"},
    {"one column", LITERAL("codigo\n1\n2\n"), "1:codigo| / 2:1| / 3:2|"},
    {"nothing", "", 0, ""},
    {"only blank", LITERAL("\n\n;;\n"), ""},
    {"UTF-16",
     LITERAL("\xFF\xFE"
             "a\0;\0b\0\n\0\xF1\0;\0"
             "2\0"),
     "1:a|b| / 2:ñ|2|"},
    {"UTF-16 without a mark",
     LITERAL("a\0;\0b\0\n\0\xF1\0;\0"
             "2\0"),
     "1:a|b| / 2:ñ|2|"},
    {"UTF-16, the other way",
     LITERAL("\xFE\xFF\0a\0;\0b\0\n\0\xF1\0;\0"
             "2"),
     "1:a|b| / 2:ñ|2|"},
    {"old encoding", LITERAL("a;b\nCa\xF1\xF3n;PER\xDA\n"), "1:a|b| / 2:Cañón|PERÚ|"},
    {"a quote is not closed", LITERAL("a;b\n1;2\n3;\"x\n5;6\n"),
     "1:a|b| / 2:1|2| / 3:3|\"x|!hay una comilla que no se cierra / 4:5|6|"},
    {"a quote is closed by another row's", LITERAL("a;b\n1;\"x\n3;4\n5;\"y\"\n7;8\n"),
     "1:a|b| / 2:1|\"x|!tras la comilla que cierra un valor sigue texto: las comillas de dentro se "
     "escriben dobles / 3:3|4| / 4:5|y| / 5:7|8|"},
    {"quotes inside that are not double", LITERAL("a;b\n\"La \"Unión\"\";2\n3;4\n"),
     "1:a|b| / 2:\"La \"Unión\"\"|2|!tras la comilla que cierra un valor sigue texto: las comillas "
     "de dentro se escriben dobles / 3:3|4|"},
    {"a quote of a row's second line", LITERAL("a;b;c\n\"x\ny\";\"z;3\n3;4;5\n"),
     "1:a|b|c| / 2:\"x\ny\"|\"z|3|!línea 3: hay una comilla que no se cierra / 4:3|4|5|"},
};

static void each_file_has_its_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int known = 0; known <= 1; known++) {
            char *copy;
            struct delimited *text = open_bytes(cases[i].bytes, cases[i].len, known, &copy);
            struct buf rows;
            buf_init(&rows);
            for (int pass = 0; pass < 2; pass++) {
                buf_clear(&rows);
                delimited_rewind(text);
                put_rows(text, &rows);
                if (strcmp(rows.len ? rows.data : "", cases[i].rows) != 0)
                    fail_msg("%s: %s", cases[i].name, rows.data);
            }
            buf_free(&rows);
            delimited_free(text);
            free(copy);
        }
}

static void known_names_decide_on_the_separator(void **state)
{
    (void)state;
    char *copy;
    static const char bytes[] = "codigo,lon;a;b\nC,1;2;3\n";
    for (int known = 0; known <= 1; known++) {
        struct delimited *text = open_bytes(bytes, sizeof bytes - 1, known, &copy);
        assert_int_equal(delimited_separator(text), known ? ',' : ';');
        delimited_free(text);
        free(copy);
    }
}

static void blank_rows_and_encodings_are_told(void **state)
{
    (void)state;
    char *copy;
    struct buf rows;
    static const char bytes[] = "a;b\nPotosí;1\n;\nCa\xF1\xF3n;2\n\nUncía;3\n";
    buf_init(&rows);
    struct delimited *text = open_bytes(bytes, sizeof bytes - 1, false, &copy);
    put_rows(text, &rows);
    assert_int_equal(delimited_blank_rows(text), 2);
    assert_string_equal(delimited_encoding(text), "UTF-8");
    assert_string_equal(delimited_note(text), "la línea 4 está en Windows-1252; el resto en UTF-8");
    buf_free(&rows);
    delimited_free(text);
    free(copy);
}

static void bytes_that_are_no_text_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t len;
        const char *why;
    } files[] = {
        {LITERAL("a;b\n1;\0\n"), "el archivo tiene bytes nulos: no es texto"},
        {LITERAL("\xFF\xFE"
                 "a\0;"),
         "el archivo dice ser UTF-16 y no lo es"},
    };
    struct delimited_options options = {.limits = &geo_source_usual_limits};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct err err = {0};
        assert_null(delimited_new(files[i].bytes, files[i].len, &options, &err));
        assert_string_equal(err.message, files[i].why);
    }
}

static void limits_hold(void **state)
{
    (void)state;
    struct geo_source_limits limits = geo_source_usual_limits;
    struct delimited_options options = {.limits = &limits};
    struct err err = {0};
    struct source_cells row;
    bool more;
    struct buf bytes;
    limits.at[GEO_LIMIT_COLUMNS] = 3;
    limits.at[GEO_LIMIT_VALUE_KB] = 1;
    buf_init(&bytes);
    buf_puts(&bytes, "a;b;c\n1;");
    for (int i = 0; i < 2048; i++)
        buf_putc(&bytes, 'x');
    buf_puts(&bytes, ";3\n1;2;3\n1;2;3;4\n");
    struct delimited *text = delimited_new(bytes.data, bytes.len, &options, &err);
    must(text, &err);
    assert_true(delimited_next(text, &row, &more, &err));
    assert_false(delimited_next(text, &row, &more, &err));
    assert_true(more);
    assert_int_equal(row.n, 3);
    assert_string_equal(err.message, "valor 2: pasa de 1 KB en un valor; si los datos son de "
                                     "confianza, suba --max-value");
    assert_true(delimited_next(text, &row, &more, &err));
    assert_false(delimited_next(text, &row, &more, &err));
    assert_false(more);
    assert_int_equal(err.kind, ERR_LIMIT);
    delimited_free(text);
    buf_free(&bytes);
}

static void the_first_rows_are_copied(void **state)
{
    (void)state;
    char *copy;
    struct arena *arena = arena_new();
    struct err err = {0};
    const struct source_cells *rows;
    size_t n;
    static const char bytes[] = "a;b\n\"x\"y;1\nZ;2\nT;3\n";
    struct delimited *text = open_bytes(bytes, sizeof bytes - 1, false, &copy);
    must(delimited_head(text, 2, arena, &rows, &n, &err), &err);
    assert_int_equal(n, 2);
    assert_string_equal(rows[0].cells[1].text, "b");
    assert_string_equal(rows[1].cells[0].text, "Z");
    assert_int_equal(rows[1].line, 3);
    assert_int_equal(delimited_count(text, rows[0].line), 3);
    delimited_free(text);
    arena_free(arena);
    free(copy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_file_has_its_rows),
        cmocka_unit_test(known_names_decide_on_the_separator),
        cmocka_unit_test(blank_rows_and_encodings_are_told),
        cmocka_unit_test(bytes_that_are_no_text_are_refused),
        cmocka_unit_test(limits_hold),
        cmocka_unit_test(the_first_rows_are_copied),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
