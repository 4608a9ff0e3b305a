/* test_text_mend.c - tests of geo/texts/text_mend and geo/texts/charset.
 * Text decoded twice is mended, right text is not touched; encodings are told apart. */
#include <iconv.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "geo/base/text.h"
#include "geo/texts/charset_lines.h"
#include "geo/texts/text_mend.h"

/* The program that read UTF-8 in this encoding knew its undefined bytes as control characters. */
static void decode_again(enum charset charset, const char *text, struct buf *out)
{
    buf_clear(out);
    for (const unsigned char *at = (const unsigned char *)text; *at; at++) {
        uint32_t code = *at < 0x80 ? *at : charset_char(charset, *at);
        if (code < 0x80)
            buf_putc(out, (char)code);
        else if (code < 0x800) {
            buf_putc(out, (char)(0xC0 | code >> 6));
            buf_putc(out, (char)(0x80 | (code & 0x3F)));
        } else {
            buf_putc(out, (char)(0xE0 | code >> 12));
            buf_putc(out, (char)(0x80 | (code >> 6 & 0x3F)));
            buf_putc(out, (char)(0x80 | (code & 0x3F)));
        }
    }
}

static const char *const right[] = {
    "",
    "Sucre",
    "Potosí",
    "ÑUFLO CHÁVEZ",
    "Tiraquecito (Ñuñumayani), Camargo",
    "SÃO PAULO",
    "MANHÃ",
    "MANHÃ…",
    "«MANHû",
    "“MANHÔ",
    "IRMú",
    "Irmã",
    "SÃO JOÃO DA PRAÇA",
    "IRMÃ",
    "PÃO E ÁGUA",
    "Â",
    "N° 5 – «CAFÉ»",
    "CAFÉ®",
    "T’ukuy Ayllu ʼñäõ 中文 😀 Ăţ",
    "√2 ≠ 1",
    "50 £ ±2 ¼",
    "¿Qué? ¡Ñandú!",
};

static void right_text_is_not_touched(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct text_mended mended = {0};
    for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
        if (text_mend(right[i], arena, &mended) != right[i])
            fail_msg("«%s»", right[i]);
        if (mended.n[TEXT_DOUBTFUL])
            fail_msg("«%s» is doubtful", right[i]);
    }
    struct buf note;
    buf_init(&note);
    text_mended_put(&mended, &note);
    assert_int_equal(note.len, 0);
    arena_free(arena);
}

static void text_decoded_in_a_wrong_encoding_is_doubtful(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "¥uflo Ch\u00A0vez", /* DOS 850 as Windows-1252 */
        "Potos¡",
        "Ðuflo Chßvez", /* Windows-1252 as DOS 850 */
        "Ca±¾n",
        "„uflo Ch‡vez", /* Mac Roman as Windows-1252 */
        "PotosÃ",       /* decoded twice, its soft hyphen lost */
        "POTOSÃ\u00AD", /* decoded twice, then put in capitals */
        "PotosÌ",       /* Windows-1252 as Mac Roman */
    };
    static const char *const fine[] = {
        "Casa (±5 m)",  "±30",         "Santa\u00A0Rosa",  "Citroën",        "Müller & São",
        "¡Viva! ¿Qué?", "5 °C ±2 ½ ·", "Ayllu ‘Ch’alla’…", "Río Ítem Ñuble", "PERÚ y ORURO"};
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct text_mended mended = {0};
        if (text_mend(wrong[i], arena, &mended) != wrong[i] || !mended.n[TEXT_DOUBTFUL])
            fail_msg("«%s»", wrong[i]);
    }
    for (size_t i = 0; i < sizeof fine / sizeof *fine; i++) {
        struct text_mended mended = {0};
        if (text_mend(fine[i], arena, &mended) != fine[i] || mended.n[TEXT_DOUBTFUL])
            fail_msg("«%s»", fine[i]);
    }
    arena_free(arena);
}

static void text_decoded_again_and_again_is_mended(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "Potosí",  "Ñuñumayani",  "ÑUFLO CHÁVEZ",
        "POTOSÍ",  "Ítem Ávalos", "Nº 3",
        "18° 30'", "Pingüinos",   "Asociación “Río Ñuble”",
        "á",       "PERÚ",        "ORURO Y MUYUPAMPA (ÁÉÍÓÚÜÑ)",
    };
    struct buf twice, more;
    buf_init(&twice);
    buf_init(&more);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (int charset = CHARSET_CP1252; charset < CHARSETS; charset++) {
            struct arena *arena = arena_new();
            struct text_mended mended = {0};
            decode_again((enum charset)charset, texts[i], &twice);
            for (int times = 2; times <= 3; times++) {
                const char *after = text_mend(twice.data, arena, &mended);
                if (strcmp(after, texts[i]) != 0)
                    fail_msg("%s, %d times: «%s», not «%s»", charset_name((enum charset)charset),
                             times, after, texts[i]);
                assert_int_equal(mended.n[TEXT_MENDED], times - 1);
                decode_again((enum charset)charset, twice.data, &more);
                buf_clear(&twice);
                buf_puts(&twice, more.data);
            }
            arena_free(arena);
        }
    buf_free(&twice);
    buf_free(&more);
}

static void what_was_mended_and_what_was_not_is_told(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct text_mended mended = {0};
    struct buf note;
    buf_init(&note);
    assert_string_equal(text_mend("PotosÃ­", arena, &mended), "Potosí");
    struct text_mended apart = {0};
    assert_string_equal(text_mend("NÌƒuflo ChaÌ\xC2\x81"
                                  "vez",
                                  arena, &apart),
                        "N\u0303uflo Cha\u0301vez");
    assert_int_equal(apart.n[TEXT_MENDED], 1);
    assert_string_equal(text_mend("Cañón y PotosÃ­", arena, &mended), "Cañón y PotosÃ­");
    text_mended_put(&mended, &note);
    assert_string_equal(note.data, "se corrigió 1 texto que se había leído en otra codificación: "
                                   "«PotosÃ­» es «Potosí»; 1 texto parece tener letras dañadas y "
                                   "queda como está: «Cañón y PotosÃ­»");
    text_mend("\xC3\x83\xC2\x91"
              "uflo",
              arena, &mended);
    text_mend("Potos\uFFFD", arena, &mended);
    buf_clear(&note);
    text_mended_put(&mended, &note);
    assert_string_equal(note.data,
                        "se corrigieron 2 textos que se habían leído en otra codificación: "
                        "«PotosÃ­» es «Potosí»; 2 textos parecen tener letras dañadas y quedan "
                        "como están: «Cañón y PotosÃ­»");
    buf_free(&note);
    arena_free(arena);
}

static void tables_are_those_of_iconv(void **state)
{
    (void)state;
    static const char *const names[CHARSETS] = {NULL, "CP1252", "CP850", "MACINTOSH"};
    for (int charset = CHARSET_CP1252; charset < CHARSETS; charset++) {
        iconv_t conversion = iconv_open("UTF-32LE", names[charset]);
        assert_true(conversion != (iconv_t)-1);
        for (int byte = 0x80; byte < 0x100; byte++) {
            char in = (char)byte, *from = &in, out[4], *to = out;
            size_t left = 1, room = 4;
            uint32_t code = charset_char((enum charset)charset, (unsigned char)byte), want;
            assert_int_equal(charset_byte((enum charset)charset, code), byte);
            if (iconv(conversion, &from, &left, &to, &room) == (size_t)-1)
                want = (uint32_t)byte; /* undefined */
            else
                memcpy(&want, out, sizeof want);
            if (code != want &&
                !(charset == CHARSET_MAC && code >= 0x2000)) /* it changed in 1998 */
                fail_msg("%s 0x%02X: U+%04X, not U+%04X", names[charset], byte, code, want);
        }
        iconv_close(conversion);
    }
}

static const struct {
    enum charset charset;
    const char *bytes, *text;
} samples[] = {
    {CHARSET_UTF8, "Potosí", "Potosí"},
    {CHARSET_UTF8, "Sucre", "Sucre"},
    {CHARSET_CP1252, "Ca\xF1\xF3n", "Cañón"},
    {CHARSET_CP1252, "PER\xDA", "PERÚ"},
    {CHARSET_CP1252, "N\xBA 3 \x96 \x93R\xEDo\x94", "Nº 3 – “Río”"},
    {CHARSET_CP1252, "T\x92ukuy", "T’ukuy"},
    {CHARSET_CP1252, "S\xE3o Jo\xE3o", "São João"},
    {CHARSET_CP1252, "18\xB0 30'", "18° 30'"},
    {CHARSET_CP850, "\xA5uflo Ch\xA0vez", "Ñuflo Chávez"},
    {CHARSET_CP850, "Potos\xA1", "Potosí"},
    {CHARSET_CP850, "PER\xE9", "PERÚ"},
    {CHARSET_CP850, "POTOS\xD6", "POTOSÍ"},
    {CHARSET_CP850, "Jos\x82 Mu\xA4oz", "José Muñoz"},
    {CHARSET_CP850, "Asociaci\xA2n", "Asociación"},
    {CHARSET_CP850, "\xB5vila", "Ávila"},
    {CHARSET_MAC, "Potos\x92", "Potosí"},
    {CHARSET_MAC, "Ca\x96\x97n", "Cañón"},
    {CHARSET_MAC, "\x84uflo Ch\x87vez", "Ñuflo Chávez"},
};

static void encodings_are_told_apart(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        struct charset_votes votes = {0};
        struct buf out;
        buf_init(&out);
        charset_vote(&votes, samples[i].bytes, strlen(samples[i].bytes));
        enum charset charset = charset_elect(&votes);
        charset_decode(charset, samples[i].bytes, strlen(samples[i].bytes), &out);
        if (charset != samples[i].charset || strcmp(out.data, samples[i].text) != 0)
            fail_msg("«%s» in %s: «%s»", samples[i].text, charset_name(charset), out.data);
        buf_free(&out);
    }
}

static const struct {
    const char *name, *bytes, *text, *note;
    enum charset charset;
} files[] = {
    {"all in one", "a\nCa\xF1\xF3n\nPotos\xED\n", "a\nCañón\nPotosí\n", "", CHARSET_CP1252},
    {"two lines of others",
     "Potosí\nUncía\nCa\xF1\xF3n\nOruro\nÑuflo\nUnc\xED"
     "a\n",
     "Potosí\nUncía\nCañón\nOruro\nÑuflo\nUncía\n",
     "las líneas 3 y 6 están en Windows-1252; el resto en UTF-8", CHARSET_UTF8},
    {"DOS",
     "Potos\xA1\nUnc\xA1"
     "a\n",
     "Potosí\nUncía\n", "el texto está en DOS 850", CHARSET_CP850},
    {"a name in capitals does not decide", "Ca\xF1\xF3n\nJOS\xE9\nPotos\xED\n",
     "Cañón\nJOSé\nPotosí\n", "", CHARSET_CP1252},
    {"DOS among Windows", "Ca\xF1\xF3n\nPotos\xED\nCh\xA0vez Mu\xA4oz\n",
     "Cañón\nPotosí\nChávez Muñoz\n", "la línea 3 está en DOS 850; el resto en Windows-1252",
     CHARSET_CP1252},
    {"Windows among DOS", "Ca\xA4\xA2n\nPotos\xA1\nP\xE9rez\n", "Cañón\nPotosí\nPérez\n",
     "la línea 3 está en Windows-1252; el resto en DOS 850", CHARSET_CP850},
    {"both in a line", "Ñuflo, Potosí y Ca\xF1\xF3n\nPotosí\nOruro ñ\n",
     "Ñuflo, Potosí y Cañón\nPotosí\nOruro ñ\n",
     "la línea 1 está en Windows-1252; el resto en UTF-8", CHARSET_UTF8},
    {"undefined", "Ca\xF1\xF3n\nx\x8Fy\n", "Cañón\nx\xC2\x8Fy\n",
     "la línea 2 tiene bytes que no son ningún carácter", CHARSET_CP1252},
};

static void each_line_has_its_encoding(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct charset_found found;
        struct buf out;
        buf_init(&out);
        charset_lines(files[i].bytes, strlen(files[i].bytes), '\n', &out, &found);
        const char *note = found.note.len ? found.note.data : "";
        if (strcmp(out.data, files[i].text) != 0 || strcmp(note, files[i].note) != 0 ||
            found.charset != files[i].charset)
            fail_msg("%s: «%s», %s, «%s»", files[i].name, out.data, charset_name(found.charset),
                     note);
        charset_found_free(&found);
        buf_free(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(right_text_is_not_touched),
        cmocka_unit_test(text_decoded_in_a_wrong_encoding_is_doubtful),
        cmocka_unit_test(text_decoded_again_and_again_is_mended),
        cmocka_unit_test(what_was_mended_and_what_was_not_is_told),
        cmocka_unit_test(tables_are_those_of_iconv),
        cmocka_unit_test(encodings_are_told_apart),
        cmocka_unit_test(each_line_has_its_encoding),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
