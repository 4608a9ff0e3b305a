/* test_content_coding.c - tests of server/http/content_coding.
 * Accept-Encoding as in RFC 9110; independent decoders unpack what we pack. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <brotli/decode.h>
#include <zlib.h>
#include <zstd.h>

#include "server/http/content_coding.h"

static void the_header_chooses(void **state)
{
    static const struct {
        const char *header;
        enum content_coding kept, once;
    } cases[] = {
        {NULL, CODING_NONE, CODING_NONE},
        {"", CODING_NONE, CODING_NONE},
        {"gzip", CODING_GZIP, CODING_GZIP},
        {"x-gzip", CODING_GZIP, CODING_GZIP},
        {"GZip", CODING_GZIP, CODING_GZIP},
        {"br", CODING_BROTLI, CODING_BROTLI},
        {"zstd", CODING_ZSTD, CODING_ZSTD},
        {"deflate", CODING_NONE, CODING_NONE},
        {"gzip, deflate, br, zstd", CODING_BROTLI, CODING_ZSTD}, /* as browsers send it */
        {"gzip, deflate, br", CODING_BROTLI, CODING_BROTLI},
        {"gzip,zstd", CODING_ZSTD, CODING_ZSTD},
        {"*", CODING_BROTLI, CODING_ZSTD},
        {"*;q=0.1, gzip", CODING_GZIP, CODING_GZIP},
        {"br;q=0, *", CODING_ZSTD, CODING_ZSTD},
        {"*;q=0", CODING_NONE, CODING_NONE},
        {"br;q=0.5, gzip;q=0.8", CODING_GZIP, CODING_GZIP},
        {"br;q=0.5 , gzip ; q=0.5", CODING_BROTLI, CODING_BROTLI},
        {"gzip;q=1.0, identity; q=0.5, *;q=0", CODING_GZIP, CODING_GZIP},
        {"identity, gzip;q=0.5", CODING_NONE, CODING_NONE},
        {"identity;q=0.5, gzip;q=0.5", CODING_GZIP, CODING_GZIP},
        {"identity;q=0, gzip;q=0.001", CODING_GZIP, CODING_GZIP},
        {"gzip;q=0", CODING_NONE, CODING_NONE},
        {"gzip;q=0.000", CODING_NONE, CODING_NONE},
        {"gzip;q=0.001", CODING_GZIP, CODING_GZIP},
        {"gzip;q=1.000", CODING_GZIP, CODING_GZIP},
        {"gzip;Q=0", CODING_NONE, CODING_NONE},
        /* Malformed items are ignored. */
        {"gzip;q=1.5", CODING_NONE, CODING_NONE},
        {"gzip;q=", CODING_NONE, CODING_NONE},
        {"gzip;q=-1", CODING_NONE, CODING_NONE},
        {"gzip;q=0.0001", CODING_NONE, CODING_NONE},
        {"gzip;q=abc, br", CODING_BROTLI, CODING_BROTLI},
        {"gzip;level=9", CODING_NONE, CODING_NONE},
        {"gzip br", CODING_NONE, CODING_NONE},
        {",, ,gzip,,", CODING_GZIP, CODING_GZIP},
        {"gzipped, brotli", CODING_NONE, CODING_NONE},
        {";q=1", CODING_NONE, CODING_NONE},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        print_message("«%s»\n", cases[i].header ? cases[i].header : "(none)");
        assert_int_equal(content_coding_choose(cases[i].header, CODING_CACHED), cases[i].kept);
        assert_int_equal(content_coding_choose(cases[i].header, CODING_ONCE), cases[i].once);
    }
}

/* Unpacked by zlib; libdeflate packed it. */
static size_t gunzip(const char *data, size_t len, char *to, size_t room)
{
    z_stream stream = {.next_in = (Bytef *)(uintptr_t)data,
                       .avail_in = (uInt)len,
                       .next_out = (Bytef *)to,
                       .avail_out = (uInt)room};
    if (inflateInit2(&stream, 15 + 16) != Z_OK || inflate(&stream, Z_FINISH) != Z_STREAM_END)
        return 0;
    size_t got = stream.total_out;
    inflateEnd(&stream);
    return got;
}

static size_t unpack(enum content_coding coding, const char *data, size_t len, char *to,
                     size_t room)
{
    if (coding == CODING_GZIP)
        return gunzip(data, len, to, room);
    if (coding == CODING_BROTLI)
        return BrotliDecoderDecompress(len, (const uint8_t *)data, &room, (uint8_t *)to) ==
                       BROTLI_DECODER_RESULT_SUCCESS
                   ? room
                   : 0;
    size_t got = ZSTD_decompress(to, room, data, len);
    return ZSTD_isError(got) ? 0 : got;
}

static void what_is_packed_unpacks(void **state)
{
    enum { MOST = 300000 };
    static const size_t sizes[] = {300, 4096, 70000, MOST};
    (void)state;
    char *text = malloc(MOST), *back = malloc(MOST);
    struct content_coder *coder = content_coding_new();
    unsigned seed = 7;
    for (size_t i = 0; i < MOST; i++) /* letters, a third of them copies of earlier ones */
        text[i] =
            (char)(i > 100 && rand_r(&seed) % 3 == 0 ? text[i - 100] : 'a' + rand_r(&seed) % 8);
    for (int coding = CODING_GZIP; coding < CODING_N; coding++)
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
            for (int effort = CODING_CACHED; effort <= CODING_ONCE; effort++) {
                struct buf out;
                buf_init(&out);
                buf_puts(&out, "x"); /* it is appended */
                assert_true(content_coding_compress(coder, (enum content_coding)coding,
                                                    (enum content_coding_effort)effort, text,
                                                    sizes[i], &out));
                print_message("%s %zu: %zu\n", content_coding_name((enum content_coding)coding),
                              sizes[i], out.len - 1);
                assert_true(out.len - 1 < sizes[i]);
                assert_int_equal(
                    unpack((enum content_coding)coding, out.data + 1, out.len - 1, back, MOST),
                    sizes[i]);
                assert_memory_equal(back, text, sizes[i]);
                buf_free(&out);
            }
    content_coding_free(coder);
    free(text);
    free(back);
}

static void what_does_not_shrink_stays(void **state)
{
    (void)state;
    char noise[600];
    unsigned seed = 11;
    struct content_coder *coder = content_coding_new();
    for (size_t i = 0; i < sizeof noise; i++)
        noise[i] = (char)rand_r(&seed);
    for (int coding = CODING_NONE; coding < CODING_N; coding++) {
        struct buf out;
        buf_init(&out);
        assert_false(content_coding_compress(coder, (enum content_coding)coding, CODING_CACHED,
                                             noise, sizeof noise, &out));
        assert_int_equal(out.len, 0);
        buf_free(&out);
    }
    content_coding_free(coder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_header_chooses),
        cmocka_unit_test(what_is_packed_unpacks),
        cmocka_unit_test(what_does_not_shrink_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
