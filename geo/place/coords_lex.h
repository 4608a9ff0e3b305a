/* coords_lex.h - the tokens of a coordinate text; private to the files
 * geo/place/coords_*.c.
 *
 * Owns:    nothing; tokens point into the text given.
 * Threads: any.
 * Errors:  false for text with characters that no coordinate has.
 */
#ifndef GEO_COORDS_LEX_H
#define GEO_COORDS_LEX_H

#include "geo/place/coords.h"

enum coords_kind {
    COORDS_DIGITS, /* a run of 0-9 */
    COORDS_DOT,
    COORDS_COMMA,
    COORDS_BLANK,  /* a run of blanks and brackets */
    COORDS_HARD,   /* ; / | tab, newline: only ever separate two numbers */
    COORDS_DEGREE, /* and its words: grados, deg */
    COORDS_MINUTE,
    COORDS_SECOND,
    COORDS_COLON, /* and = */
    COORDS_PLUS,
    COORDS_MINUS,
    COORDS_WORD,
};

/* A word that goes with an altitude or accuracy, and stands before or after it. */
enum coords_extra_word { COORDS_EXTRA_NONE, COORDS_EXTRA_AFTER, COORDS_EXTRA_BEFORE };

struct coords_word {
    const char *text;
    enum coords_kind kind; /* COORDS_WORD, or the sign the word stands for */
    enum geo_axis axis;
    int sign;    /* of the hemisphere; 0: none */
    bool letter; /* "N:" is a label, "N" a hemisphere */
    enum geo_datum datum;
    bool zone;                    /* a zone number follows: "zona 19" */
    bool epsg;                    /* a code follows */
    enum coords_extra_word extra; /* its number is AFTER or BEFORE the word */
    bool metres;                  /* a unit of length */
};

struct coords_token {
    enum coords_kind kind;
    const char *text; /* not NUL-terminated */
    size_t len;
    const struct coords_word *word; /* NULL: an unknown word */
};

struct coords_text {
    struct coords_token tokens[GEO_COORDS_TEXT_MAX + 1];
    int n;
    bool words;  /* there were COORDS_WORD tokens */
    bool remark; /* "(casa de Juan)" was left out */
};

struct coords_frame {
    int zone, epsg;
    bool north;
    enum geo_datum datum;
};

bool coords_lex(const char *text, struct coords_text *out);

/* Removes zone, datum and EPSG code from the tokens. `bare`: also a zone at the start or
 * the end without the word "zona". False if they contradict what is known. */
bool coords_frame(struct coords_text *text, bool bare, struct coords_frame *frame);

#endif
