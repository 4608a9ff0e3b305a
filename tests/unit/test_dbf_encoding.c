/* test_dbf_encoding.c - tests of geo/claims/dbf_encoding: encodings not as declared. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "geo/claims/dbf_encoding.h"
#include "geo/files/gdal_internal.h"
#include "tests/support/scratch.h"

enum { WIDTH = 12, TEXTS_MAX = 5 };

static void write_file(const char *path, const void *bytes, size_t len)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}

/* One column of WIDTH bytes. */
static void write_dbf(const char *name, const char *const *texts, const char *cpg, int code)
{
    unsigned char dbf[65 + TEXTS_MAX * (1 + WIDTH)] = {3, 121, 1, 1};
    char path[64];
    size_t n = 0;
    memset(dbf + 65, ' ', sizeof dbf - 65);
    for (; n < TEXTS_MAX && texts[n]; n++)
        memcpy(dbf + 65 + n * (1 + WIDTH) + 1, texts[n], strlen(texts[n]));
    dbf[4] = (unsigned char)n, dbf[8] = 65, dbf[10] = 1 + WIDTH, dbf[29] = (unsigned char)code;
    memcpy(dbf + 32, "nombre", 6);
    dbf[32 + 11] = 'C', dbf[32 + 16] = WIDTH, dbf[64] = 0x0D;
    snprintf(path, sizeof path, "%s.dbf", name);
    write_file(at(path), dbf, 65 + n * (1 + WIDTH));
    snprintf(path, sizeof path, "%s.cpg", name);
    if (cpg)
        write_file(at(path), cpg, strlen(cpg));
}

static const struct {
    const char *name;
    const char *texts[TEXTS_MAX + 1];
    const char *cpg;
    int code;
    const char *option, *note;
} files[] = {
    {"ascii", {"Sucre", "Tarija"}, NULL, 0, "", ""},
    {"utf8", {"Potos\xC3\xAD"}, "UTF-8", 0, "ENCODING=UTF-8", ""},
    {"utf8-1252",
     {"Potos\xC3\xAD", "Sucre"},
     "1252\r\n",
     0,
     "ENCODING=UTF-8",
     "dice que sus textos están en 1252, y están en UTF-8"},
    {"utf8-byte",
     {"\xC3\x91"
      "andu"},
     NULL,
     0x57,
     "ENCODING=UTF-8",
     "están en Windows-1252, y están en UTF-8"},
    {"utf8-none",
     {"\xC3\x91"
      "andu"},
     NULL,
     0,
     "ENCODING=UTF-8",
     "no dice en qué"},
    /* The 12th byte is the first of "ó". */
    {"utf8-cut",
     {"Producci\xC3\xB3n\xC3"},
     "UTF-8",
     0,
     "ENCODING=",
     "cortado en medio de una letra"},
    {"1252",
     {"Potos\xED", "\xD1"
                   "andu"},
     "ANSI 1252",
     0,
     "ENCODING=",
     ""},
    {"latin1", {"Potos\xED"}, "ISO 88591", 0, "ENCODING=", ""},
    {"1252-utf8",
     {"Potos\xED"},
     "UTF-8",
     0,
     "ENCODING=",
     "están en UTF-8, y están en Windows-1252"},
    {"1252-end", {"abcdefghij \xD1"}, "1252", 0, "ENCODING=", ""},
    {"1252-none", {"Potos\xED"}, NULL, 0, "ENCODING=", "se leyeron como Windows-1252"},
    {"850-none",
     {"\xA5uflo Ch\xA0vez", "Potos\xA1"},
     NULL,
     0,
     "ENCODING=",
     "se leyeron como DOS 850"},
    {"850-byte", {"Potos\xA1"}, NULL, 2, "ENCODING=", ""},
    {"850-1252",
     {"Potos\xA1"},
     "1252",
     0,
     "ENCODING=",
     "dice que sus textos están en 1252, y están en DOS 850"},
    {"other", {"\xAD\xAE"}, "8859-2", 0, "", ""},
    {"mixed",
     {"Potos\xC3\xAD", "Potos\xED", "Cobija", "Cami\xC3\xB1o", "\xC3\x91uflo"},
     "UTF-8",
     0,
     "ENCODING=",
     "el registro 2 está en Windows-1252; el resto en UTF-8"},
    {"mixed-850",
     {"Potos\xA1", "Ch\xA0vez", "Potos\xC3\xAD"},
     "1252",
     0,
     "ENCODING=",
     "el registro 3 está en UTF-8; el resto en DOS 850"},
    {"mixed-others",
     {"\xA5uflo Ch\xA0vez", "Ca\xF1\xF3n", "Potos\xA1", "Sucre"},
     NULL,
     0,
     "ENCODING=",
     "el registro 2 está en Windows-1252; el resto en DOS 850"},
    {"mac", {"Potos\x92", "\x84uflo Ch\x87vez"}, NULL, 0, "ENCODING=", "se leyeron como Mac Roman"},
    /* The last letter is cut, and nothing else is beyond ASCII. */
    {"cut",
     {"Sucre", "Santa Rosa \xC3", "Ca\xC3\xB1\x61\x64\x61 alt\xC3"},
     "UTF-8",
     0,
     "ENCODING=",
     "los registros 2 y 3 tienen textos cortados en medio de una letra, que se perdió"},
    {"cut-only",
     {"Sucre", "Santa Rosa \xC3"},
     "UTF-8",
     0,
     "ENCODING=",
     "el registro 2 tiene un texto cortado en medio de una letra"},
    {"1252-width", {"Alto  Bogot\xE1"}, "1252", 0, "ENCODING=", ""},
};

static void the_texts_decide(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct dbf_encoding encoding;
        struct err err = {0};
        char name[64];
        write_dbf(files[i].name, files[i].texts, files[i].cpg, files[i].code);
        snprintf(name, sizeof name, "%s.dbf", files[i].name);
        if (!dbf_encoding_read(at(name), &encoding, &err))
            fail_msg("%s: %s", files[i].name, err.message);
        if (strcmp(encoding.option, files[i].option) != 0)
            fail_msg("%s: %s", files[i].name, encoding.option);
        if (files[i].note[0] ? !strstr(encoding.note, files[i].note) : encoding.note[0] != '\0')
            fail_msg("%s: %s", files[i].name, encoding.note);
    }
}

static void texts_of_a_mixture_are_read_one_by_one(void **state)
{
    (void)state;
    static const struct {
        enum charset others;
        bool cuts_letters;
        const char *bytes, *text;
    } cases[] = {
        {CHARSET_CP1252, false, "Potos\xED", "Potosí"},
        {CHARSET_CP1252, false, "Potos\xC3\xAD", "Potosí"},
        {CHARSET_CP850, false, "\xA5uflo", "Ñuflo"},
        {CHARSET_CP850, false, "Sucre", "Sucre"},
        {CHARSET_CP1252, false, "Producci\xC3\xB3n\xC3", "Producción"},
        {CHARSET_CP1252, true, "Santa Rosa \xC3", "Santa Rosa "},
        {CHARSET_CP850, false, "Ca\xF1\xF3n", "Cañón"},
        {CHARSET_UTF8, false, "Ca\xF1\xF3n", "Cañón"},
        {CHARSET_UTF8, false, "Pe\xA4\xA2n", "Peñón"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct dbf_encoding encoding = {.of_others = cases[i].others,
                                        .cuts_letters = cases[i].cuts_letters};
        struct buf text;
        buf_init(&text);
        assert_true(dbf_encoding_recode(&encoding, cases[i].bytes, &text));
        assert_string_equal(text.data, cases[i].text);
        buf_free(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_texts_decide),
        cmocka_unit_test(texts_of_a_mixture_are_read_one_by_one),
    };
    struct err err = {0};
    return gdal_load(&err) ? cmocka_run_group_tests(tests, scratch_make, scratch_remove) : 1;
}
