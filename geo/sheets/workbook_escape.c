/* workbook_escape.c - texts of XLSX: characters written as their numbers. */
#include <ctype.h>
#include <string.h>
#include <utf8proc.h>

#include "geo/sheets/workbook_value.h"

enum { ESCAPE_BYTES = 7 /* of "_x000D_" */ };

/* The number in "_x000D_"; -1: it is no such text. */
static int32_t escape_at(const char *text, size_t len)
{
    int32_t code = 0;
    if (len < ESCAPE_BYTES || text[0] != '_' || text[1] != 'x' || text[6] != '_')
        return -1;
    for (int i = 2; i < 6; i++) {
        unsigned char digit = (unsigned char)text[i];
        if (!isxdigit(digit))
            return -1;
        code = code * 16 + (isdigit(digit) ? digit - '0' : tolower(digit) - 'a' + 10);
    }
    return code;
}

/* The character that begins here, which may be two halves (UTF-16); *used: bytes. 0: none. */
static int32_t character_at(const char *text, size_t len, size_t *used)
{
    int32_t code = escape_at(text, len);
    *used = ESCAPE_BYTES;
    if (code >= 0xD800 && code < 0xDC00) {
        int32_t low = escape_at(text + ESCAPE_BYTES, len - ESCAPE_BYTES);
        *used = 2 * ESCAPE_BYTES;
        return low >= 0xDC00 && low < 0xE000 ? 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
                                             : 0;
    }
    return code > 0 && !(code >= 0xDC00 && code < 0xE000) ? code : 0;
}

size_t workbook_unescape(char *text, size_t len)
{
    size_t to = 0;
    if (!len || !memmem(text, len, "_x", 2))
        return len;
    for (size_t from = 0; from < len;) {
        size_t used;
        int32_t code = character_at(text + from, len - from, &used);
        if (code > 0) {
            to += (size_t)utf8proc_encode_char(code, (utf8proc_uint8_t *)text + to);
            from += used;
        } else
            text[to++] = text[from++];
    }
    return to;
}
