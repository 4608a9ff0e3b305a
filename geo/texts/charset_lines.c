/* charset_lines.c - decodes a file line by line, and says which lines differ. */
#include "geo/texts/charset_lines.h"

#include <string.h>

#include "geo/texts/charset_tally.h"

/* The length of the line at bytes, with its end. */
static size_t line_len(const char *bytes, size_t len, char line_end)
{
    const char *end = memchr(bytes, line_end, len);
    return end ? (size_t)(end - bytes) + 1 : len;
}

static struct charset_votes vote_all(const char *bytes, size_t len, char line_end)
{
    struct charset_votes votes = {0};
    for (size_t at = 0, n; at < len; at += n) {
        n = line_len(bytes + at, len - at, line_end);
        charset_vote(&votes, bytes + at, n);
    }
    return votes;
}

void charset_lines(const char *bytes, size_t len, char line_end, struct buf *out,
                   struct charset_found *found)
{
    struct charset_tally tally = {0};
    struct charset_votes votes = vote_all(bytes, len, line_end);
    enum charset usual = charset_elect(&votes);
    int64_t line = 1;
    for (size_t at = 0, n; at < len; at += n, line++) {
        n = line_len(bytes + at, len - at, line_end);
        enum charset charset = charset_of(bytes + at, n, usual);
        charset_decode(charset, bytes + at, n, out);
        charset_tally_count(&tally, charset, bytes + at, n, line);
    }
    found->charset = charset_tally_usual(&tally);
    buf_init(&found->note);
    if (!charset_tally_put_others(&tally, true, &found->note) && found->charset > CHARSET_CP1252)
        buf_printf(&found->note, "el texto está en %s", charset_name(found->charset));
    charset_tally_put_undefined(&tally, true, &found->note);
}

void charset_found_free(struct charset_found *found)
{
    buf_free(&found->note);
}
