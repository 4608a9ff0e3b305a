/* charset.h - which encoding bytes of text are in, and their UTF-8.
 *
 * Texts from Bolivia come in UTF-8, Windows-1252, DOS 850 (old databases, console programs)
 * or Mac Roman. UTF-8 shows by its form. Among the others decides what they make of the
 * bytes: "Ca\xF1\xF3n" is "Cañón" in Windows-1252 and "Ca±¾n" in DOS 850. A short text may
 * leave that open, so votes of a whole file are counted:
 *
 *     struct charset_votes votes = {0};
 *     for each text
 *         charset_vote(&votes, text, len);
 *     enum charset charset = charset_elect(&votes);
 *     for each text
 *         charset_decode(charset, text, len, &utf8);
 *
 * charset_lines.h does this for a file of lines, which may be in several encodings, and
 * dbf_encoding.h for the records of a .dbf.
 *
 * Owns:    nothing.
 * Threads: any.
 * Errors:  of memory only: by the buffer.
 */
#ifndef GEO_CHARSET_H
#define GEO_CHARSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/base/buf.h"

enum charset { CHARSET_UTF8, CHARSET_CP1252, CHARSET_CP850, CHARSET_MAC, CHARSETS };

const char *
charset_name(enum charset charset); /* "UTF-8", "Windows-1252", "DOS 850", "Mac Roman" */

/* The character of a byte from 0x80 on, in an encoding of one byte. Bytes that Windows-1252
 * leaves undefined become control characters: 0x81 is U+0081. */
uint32_t charset_char(enum charset charset, unsigned char byte);
/* The byte of a character, from 0x80 on; -1: the encoding does not have it. */
int charset_byte(enum charset charset, uint32_t code);

/* True for a letter that Spanish has and ASCII has not. */
bool charset_is_spanish(uint32_t code);

/* How well a text reads in an encoding of one byte: below 0, badly. */
int64_t charset_fit(enum charset charset, const char *bytes, size_t len);

struct charset_votes {
    int64_t at[CHARSETS]; /* how well the texts fit; nothing for CHARSET_UTF8 */
    bool any;             /* there was a text that is not UTF-8 */
};
/* A text that is UTF-8 has no vote. */
void charset_vote(struct charset_votes *votes, const char *bytes, size_t len);
/* The best of the votes: Windows-1252 if none is better, CHARSET_UTF8 if there was none. */
enum charset charset_elect(const struct charset_votes *votes);

/* The encoding of one text of a file: CHARSET_UTF8 if it is that; else the usual one of the file,
 * unless that does not fit and another does. */
enum charset charset_of(const char *bytes, size_t len, enum charset usual);

/* Appends the text as UTF-8. A text that is UTF-8 stays as it is; in others a Spanish letter that
 * is in UTF-8 does too, because a line may be put together of both. */
void charset_decode(enum charset charset, const char *bytes, size_t len, struct buf *out);

#endif
