/* charset.c - tells Windows-1252, DOS 850 and Mac Roman apart by the letters that come out. */
#include "geo/texts/charset.h"

#include <string.h>

#include "geo/base/text.h"

/* clang-format off */
static const uint16_t upper_halves[CHARSETS][128] = {
    [CHARSET_CP1252] = { /* its first 32; the others are those of Unicode */
        0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
    },
    [CHARSET_CP850] = {
        0x00C7, 0x00FC, 0x00E9, 0x00E2, 0x00E4, 0x00E0, 0x00E5, 0x00E7, 0x00EA, 0x00EB, 0x00E8, 0x00EF,
        0x00EE, 0x00EC, 0x00C4, 0x00C5, 0x00C9, 0x00E6, 0x00C6, 0x00F4, 0x00F6, 0x00F2, 0x00FB, 0x00F9,
        0x00FF, 0x00D6, 0x00DC, 0x00F8, 0x00A3, 0x00D8, 0x00D7, 0x0192, 0x00E1, 0x00ED, 0x00F3, 0x00FA,
        0x00F1, 0x00D1, 0x00AA, 0x00BA, 0x00BF, 0x00AE, 0x00AC, 0x00BD, 0x00BC, 0x00A1, 0x00AB, 0x00BB,
        0x2591, 0x2592, 0x2593, 0x2502, 0x2524, 0x00C1, 0x00C2, 0x00C0, 0x00A9, 0x2563, 0x2551, 0x2557,
        0x255D, 0x00A2, 0x00A5, 0x2510, 0x2514, 0x2534, 0x252C, 0x251C, 0x2500, 0x253C, 0x00E3, 0x00C3,
        0x255A, 0x2554, 0x2569, 0x2566, 0x2560, 0x2550, 0x256C, 0x00A4, 0x00F0, 0x00D0, 0x00CA, 0x00CB,
        0x00C8, 0x0131, 0x00CD, 0x00CE, 0x00CF, 0x2518, 0x250C, 0x2588, 0x2584, 0x00A6, 0x00CC, 0x2580,
        0x00D3, 0x00DF, 0x00D4, 0x00D2, 0x00F5, 0x00D5, 0x00B5, 0x00FE, 0x00DE, 0x00DA, 0x00DB, 0x00D9,
        0x00FD, 0x00DD, 0x00AF, 0x00B4, 0x00AD, 0x00B1, 0x2017, 0x00BE, 0x00B6, 0x00A7, 0x00F7, 0x00B8,
        0x00B0, 0x00A8, 0x00B7, 0x00B9, 0x00B3, 0x00B2, 0x25A0, 0x00A0,
    },
    [CHARSET_MAC] = {
        0x00C4, 0x00C5, 0x00C7, 0x00C9, 0x00D1, 0x00D6, 0x00DC, 0x00E1, 0x00E0, 0x00E2, 0x00E4, 0x00E3,
        0x00E5, 0x00E7, 0x00E9, 0x00E8, 0x00EA, 0x00EB, 0x00ED, 0x00EC, 0x00EE, 0x00EF, 0x00F1, 0x00F3,
        0x00F2, 0x00F4, 0x00F6, 0x00F5, 0x00FA, 0x00F9, 0x00FB, 0x00FC, 0x2020, 0x00B0, 0x00A2, 0x00A3,
        0x00A7, 0x2022, 0x00B6, 0x00DF, 0x00AE, 0x00A9, 0x2122, 0x00B4, 0x00A8, 0x2260, 0x00C6, 0x00D8,
        0x221E, 0x00B1, 0x2264, 0x2265, 0x00A5, 0x00B5, 0x2202, 0x2211, 0x220F, 0x03C0, 0x222B, 0x00AA,
        0x00BA, 0x03A9, 0x00E6, 0x00F8, 0x00BF, 0x00A1, 0x00AC, 0x221A, 0x0192, 0x2248, 0x2206, 0x00AB,
        0x00BB, 0x2026, 0x00A0, 0x00C0, 0x00C3, 0x00D5, 0x0152, 0x0153, 0x2013, 0x2014, 0x201C, 0x201D,
        0x2018, 0x2019, 0x00F7, 0x25CA, 0x00FF, 0x0178, 0x2044, 0x20AC, 0x2039, 0x203A, 0xFB01, 0xFB02,
        0x2021, 0x00B7, 0x201A, 0x201E, 0x2030, 0x00C2, 0x00CA, 0x00C1, 0x00CB, 0x00C8, 0x00CD, 0x00CE,
        0x00CF, 0x00CC, 0x00D3, 0x00D4, 0xF8FF, 0x00D2, 0x00DA, 0x00DB, 0x00D9, 0x0131, 0x02C6, 0x02DC,
        0x00AF, 0x02D8, 0x02D9, 0x02DA, 0x00B8, 0x02DD, 0x02DB, 0x02C7,
    },
};
/* clang-format on */

const char *charset_name(enum charset charset)
{
    static const char *const names[CHARSETS] = {"UTF-8", "Windows-1252", "DOS 850", "Mac Roman"};
    return names[charset];
}

uint32_t charset_char(enum charset charset, unsigned char byte)
{
    return charset == CHARSET_CP1252 && byte >= 0xA0 ? byte : upper_halves[charset][byte - 0x80];
}

int charset_byte(enum charset charset, uint32_t code)
{
    for (int byte = 0x80; byte < 0x100; byte++)
        if (charset_char(charset, (unsigned char)byte) == code)
            return byte;
    return -1;
}

static bool is_one_of(uint32_t code, const uint16_t *codes)
{
    while (*codes && *codes != code)
        codes++;
    return *codes;
}

bool charset_is_spanish(uint32_t code)
{
    static const uint16_t letters[] = {0xE1, 0xE9, 0xED, 0xF3, 0xFA, 0xFC, 0xF1, 0xC1,
                                       0xC9, 0xCD, 0xD3, 0xDA, 0xDC, 0xD1, 0};
    return is_one_of(code, letters);
}

static bool is_portuguese(uint32_t code)
{
    static const uint16_t letters[] = {0xE3, 0xF5, 0xE7, 0xE2, 0xEA, 0xF4, 0xE0, 0xC3,
                                       0xD5, 0xC7, 0xC2, 0xCA, 0xD4, 0xC0, 0};
    return is_one_of(code, letters);
}

static bool is_upper(uint32_t code)
{
    return (code >= 'A' && code <= 'Z') || (code >= 0xC0 && code <= 0xDE && code != 0xD7);
}

static bool is_lower(uint32_t code)
{
    return (code >= 'a' && code <= 'z') || (code >= 0xDF && code <= 0xFF && code != 0xF7);
}

static bool is_letter(uint32_t code)
{
    return is_upper(code) || is_lower(code);
}

/* How well a letter stands between its neighbours: "PERÚ", "Pérez" before "PERé" before "PÚrez". */
static int fit_of_letter(uint32_t code, uint32_t before, uint32_t after)
{
    if (!is_letter(before) && !is_letter(after))
        return 1;
    if (is_upper(code))
        return is_lower(before) || (is_letter(before) && is_lower(after)) ? -2 : 3;
    if (is_upper(before))
        return is_upper(after) ? -1 : is_lower(after) ? 3 : 1;
    return 3;
}

static int fit_of_mark(uint32_t code, uint32_t before, uint32_t after)
{
    switch (code) {
    case 0xB0: /* ° º ª */
    case 0xBA:
    case 0xAA:
        return before > ' ' && !is_lower(after) ? 2 : -1;
    case 0xBF: /* ¿ ¡ « “ */
    case 0xA1:
    case 0xAB:
    case 0x201C:
        return !is_letter(before) && after > ' ' ? 2 : -2;
    case 0xBB: /* » ” */
    case 0x201D:
        return before > ' ' && !is_letter(after) ? 1 : -2;
    case 0x2019: /* ’ parts letters in Quechua and Aymara: "T’ukuy", "Ch’alla" */
        return is_letter(after) && before > ' ' && before < 0x80 &&
                       strchr("ptkqhPTKQH", (int)before)
                   ? 3
                   : 1;
    case 0x2013: /* – — … • · and the blank that does not break */
    case 0x2014:
    case 0x2018:
    case 0x2026:
    case 0x2022:
    case 0xB7:
    case 0xA0:
    case 0xB2: /* ² ³ ½ ¼ € */
    case 0xB3:
    case 0xBD:
    case 0xBC:
    case 0x20AC:
        return is_letter(before) && is_letter(after) ? -2 : 0;
    default:
        return -3;
    }
}

static int fit_of(uint32_t code, uint32_t before, uint32_t after)
{
    if (charset_is_spanish(code))
        return fit_of_letter(code, before, after);
    if (!is_letter(code))
        return fit_of_mark(code, before, after);
    int fit = fit_of_letter(code, before, after);
    return fit < 0 ? fit : is_portuguese(code) ? fit / 2 : -1;
}

/* The Spanish letter that two bytes of UTF-8 are; 0: they are not one. */
static uint32_t spanish_in_utf8(const unsigned char *bytes, size_t left)
{
    if (left < 2 || bytes[0] != 0xC3 || (bytes[1] & 0xC0) != 0x80)
        return 0;
    uint32_t code = 0xC0u | (bytes[1] & 0x3Fu);
    return charset_is_spanish(code) ? code : 0;
}

static uint32_t char_at(enum charset charset, const unsigned char *bytes, size_t len, size_t at)
{
    if (at >= len)
        return ' ';
    return bytes[at] < 0x80 ? bytes[at] : charset_char(charset, bytes[at]);
}

int64_t charset_fit(enum charset charset, const char *bytes, size_t len)
{
    const unsigned char *all = (const unsigned char *)bytes;
    int64_t fit = 0;
    uint32_t before = ' ';
    for (size_t i = 0, ascii; i < len;) {
        ascii = text_ascii_len(bytes + i, len - i);
        i += ascii;
        if (ascii)
            before = all[i - 1];
        if (i == len)
            break;
        uint32_t code = spanish_in_utf8(all + i, len - i);
        if (code)
            i += 2;
        else {
            code = charset_char(charset, all[i++]);
            fit += fit_of(code, before, char_at(charset, all, len, i));
        }
        before = code;
    }
    return fit;
}

void charset_vote(struct charset_votes *votes, const char *bytes, size_t len)
{
    if (text_is_utf8(bytes, len))
        return;
    votes->any = true;
    for (int charset = CHARSET_CP1252; charset < CHARSETS; charset++)
        votes->at[charset] += charset_fit((enum charset)charset, bytes, len);
}

enum charset charset_elect(const struct charset_votes *votes)
{
    enum charset best = votes->any ? CHARSET_CP1252 : CHARSET_UTF8;
    for (int charset = CHARSET_CP850; charset < CHARSETS; charset++)
        if (votes->any && votes->at[charset] > votes->at[best])
            best = (enum charset)charset;
    return best;
}

enum charset charset_of(const char *bytes, size_t len, enum charset usual)
{
    struct charset_votes votes = {0};
    if (text_is_utf8(bytes, len))
        return CHARSET_UTF8;
    if (usual != CHARSET_UTF8 && charset_fit(usual, bytes, len) >= 0)
        return usual;
    charset_vote(&votes, bytes, len);
    enum charset best = charset_elect(&votes);
    return votes.at[best] > 0 || usual == CHARSET_UTF8 ? best : usual;
}

static size_t put_utf8(uint32_t code, char *out)
{
    if (code < 0x800) {
        out[0] = (char)(0xC0 | code >> 6);
        out[1] = (char)(0x80 | (code & 0x3F));
        return 2;
    }
    out[0] = (char)(0xE0 | code >> 12);
    out[1] = (char)(0x80 | (code >> 6 & 0x3F));
    out[2] = (char)(0x80 | (code & 0x3F));
    return 3;
}

void charset_decode(enum charset charset, const char *bytes, size_t len, struct buf *out)
{
    if (charset == CHARSET_UTF8 || text_is_utf8(bytes, len)) {
        buf_put(out, bytes, len);
        return;
    }
    const unsigned char *all = (const unsigned char *)bytes;
    char utf8[3];
    for (size_t i = 0, ascii; i < len;) {
        ascii = text_ascii_len(bytes + i, len - i);
        buf_put(out, bytes + i, ascii);
        i += ascii;
        if (i == len)
            break;
        if (spanish_in_utf8(all + i, len - i)) {
            buf_put(out, bytes + i, 2);
            i += 2;
        } else
            buf_put(out, utf8, put_utf8(charset_char(charset, all[i++]), utf8));
    }
}
