/* fuzz_text_mend.c - any bytes as a value in an unknown encoding.
 * What comes out is UTF-8, and UTF-8 that is right stays as it is. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/text.h"
#include "geo/fields/text_letters.h"
#include "geo/texts/charset_lines.h"
#include "geo/texts/text_mend.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must_be_text(const struct buf *text)
{
    if (!buf_failed(text) && text->len && !text_is_utf8(text->data, text->len))
        abort();
}

static void mend(const char *value)
{
    struct arena *arena = arena_new();
    struct text_mended mended = {0};
    struct buf note;
    buf_init(&note);
    const char *after = arena ? text_mend(value, arena, &mended) : NULL;
    if (after && !text_is_utf8(after, strlen(after)))
        abort();
    if (after && (mended.n[TEXT_MENDED] == 1) != (after != value))
        abort();
    if (after && after != value && strlen(after) >= strlen(value))
        abort();
    text_mended_put(&mended, &note);
    must_be_text(&note);
    const char *letters = arena ? text_letters_mend(value, arena) : NULL;
    if (letters && (!text_is_utf8(letters, strlen(letters)) || strlen(letters) > strlen(value)))
        abort();
    if (letters)
        text_letters_lost(letters);
    buf_free(&note);
    arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *bytes = (const char *)data;
    struct charset_votes votes = {0};
    struct charset_found found;
    struct buf value, lines;
    buf_init(&value);
    buf_init(&lines);
    charset_vote(&votes, bytes, size);
    enum charset charset = charset_elect(&votes);
    if (votes.any == (charset == CHARSET_UTF8))
        abort();
    charset_decode(charset, bytes, size, &value);
    must_be_text(&value);
    charset_lines(bytes, size, '\n', &lines, &found);
    must_be_text(&lines);
    must_be_text(&found.note);
    if (value.len && !buf_failed(&value))
        mend(value.data);
    charset_found_free(&found);
    buf_free(&value);
    buf_free(&lines);
    return 0;
}
