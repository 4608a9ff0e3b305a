/* coords_lex.c - splits the text of a coordinate into tokens; finds zone and datum. */
#include "geo/place/coords_lex.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "geo/place/coords_words.h"

static const struct {
    utf8proc_int32_t code;
    enum coords_kind kind;
} signs[] = {
    {'.', COORDS_DOT},       {',', COORDS_COMMA},     {'-', COORDS_MINUS},
    {'+', COORDS_PLUS},      {';', COORDS_HARD},      {'/', COORDS_HARD},
    {'|', COORDS_HARD},      {'\t', COORDS_HARD},     {'\n', COORDS_HARD},
    {'\r', COORDS_HARD},     {0xB0, COORDS_DEGREE},   {0xBA, COORDS_DEGREE},
    {0x2DA, COORDS_DEGREE},  {'*', COORDS_DEGREE},    {0x2070, COORDS_DEGREE},
    {0x1D52, COORDS_DEGREE}, {'\'', COORDS_MINUTE},   {'`', COORDS_MINUTE},
    {0xB4, COORDS_MINUTE},   {0x2BC, COORDS_MINUTE},  {0x2B9, COORDS_MINUTE},
    {0x2018, COORDS_MINUTE}, {0x2019, COORDS_MINUTE}, {0x201B, COORDS_MINUTE},
    {0x2032, COORDS_MINUTE}, {0x2035, COORDS_MINUTE}, {'"', COORDS_SECOND},
    {0x201C, COORDS_SECOND}, {0x201D, COORDS_SECOND}, {0x201F, COORDS_SECOND},
    {0x2033, COORDS_SECOND}, {0x2036, COORDS_SECOND}, {0x2BA, COORDS_SECOND},
    {0xA8, COORDS_SECOND},   {':', COORDS_COLON},     {'=', COORDS_COLON},
    {0x2212, COORDS_MINUS},  {0x2010, COORDS_MINUS},  {0x2011, COORDS_MINUS},
    {0x2012, COORDS_MINUS},  {0x2013, COORDS_MINUS},  {0x2014, COORDS_MINUS},
    {'(', COORDS_BLANK},     {')', COORDS_BLANK},     {'[', COORDS_BLANK},
    {']', COORDS_BLANK},     {0x1F4CD, COORDS_BLANK}, {0xFE0F, COORDS_BLANK},
    {'&', COORDS_HARD},   /* lat=-18.9&lon=-65.1 */
    {0xC2, COORDS_BLANK}, /* half of a degree sign read as Latin-1 */
};

static bool sign_of(utf8proc_int32_t code, enum coords_kind *kind)
{
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (signs[i].code == code) {
            *kind = signs[i].kind;
            return true;
        }
    /* Marks of direction come along when a coordinate is copied from a window. */
    utf8proc_category_t category = utf8proc_category(code);
    *kind = COORDS_BLANK;
    return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_CF;
}

/* "m.s.n.m." and "±": words that are written with marks. Length, 0: none. */
static size_t lex_marked_word(const char *here, const struct coords_word **word)
{
    static const char *const marked[][2] = {
        {"m.s.n.m.", "msnm"}, {"m.s.n.m", "msnm"}, {"\xC2\xB1", "precision"}, {"+/-", "precision"}};
    for (size_t i = 0; i < sizeof marked / sizeof *marked; i++)
        if (strncasecmp(here, marked[i][0], strlen(marked[i][0])) == 0) {
            *word = coords_word_find(marked[i][1]);
            return strlen(marked[i][0]);
        }
    return 0;
}

/* The length of a remark in parentheses, "(casa de Juan)": without digits, and with a word that
 * says nothing of a coordinate; 0: there is none. */
static size_t remark_len(const char *here)
{
    size_t len = *here == '(' ? strcspn(here, ")0123456789") : 0;
    if (here[len] != ')')
        return 0;
    for (size_t at = 1; at < len;) {
        const struct coords_word *word;
        size_t n = coords_word_read(here + at, &word);
        if (n > 0 && !word)
            return len + 1;
        at += n ? n : 1;
    }
    return 0;
}

/* Reads a token at text[at]; returns its length, 0: none. */
static size_t lex_one(const char *text, size_t at, size_t len, struct coords_token *token)
{
    const char *here = text + at;
    *token = (struct coords_token){.text = here};
    if ((token->len = lex_marked_word(here, &token->word)) > 0)
        token->kind = COORDS_WORD;
    else if (isdigit((unsigned char)*here)) {
        token->kind = COORDS_DIGITS;
        token->len = strspn(here, "0123456789");
    } else if (*here == 'o' && at > 0 && isdigit((unsigned char)here[-1]) &&
               isdigit((unsigned char)here[1])) {
        token->kind = COORDS_DEGREE; /* 16o29': a raised o typed as a letter */
        token->len = 1;
    } else if (!ispunct((unsigned char)*here) &&
               (token->len = coords_word_read(here, &token->word)) > 0) {
        token->kind = COORDS_WORD;
        if (token->word)
            token->kind = token->word->kind;
    } else {
        utf8proc_int32_t code;
        utf8proc_ssize_t n =
            utf8proc_iterate((const utf8proc_uint8_t *)here, (utf8proc_ssize_t)(len - at), &code);
        if (n <= 0 || !sign_of(code, &token->kind))
            return 0;
        token->len = (size_t)n;
    }
    return token->len;
}

/* Adds a token. Blanks beside a hard separator are dropped, runs of blanks become one, and
 * two minute signs become a second sign. */
static void put(struct coords_text *out, const struct coords_token *token)
{
    struct coords_token *last = out->n ? &out->tokens[out->n - 1] : NULL;
    enum coords_kind kind = token->kind;
    if (kind == COORDS_BLANK && (!last || last->kind == COORDS_BLANK || last->kind == COORDS_HARD))
        return;
    if (kind == COORDS_HARD && (!last || last->kind == COORDS_HARD))
        return;
    if (kind == COORDS_HARD && last->kind == COORDS_BLANK)
        *last = *token;
    else if (kind == COORDS_MINUTE && last && last->kind == COORDS_MINUTE)
        last->kind = COORDS_SECOND;
    else
        out->tokens[out->n++] = *token;
}

/* A dash between numbers is no sign if a letter follows ("… S - W …"), or, with blanks on
 * both sides, metres ("592345 - 8176543"). */
static void find_dashes(struct coords_text *text)
{
    struct coords_token *tokens = text->tokens;
    for (int i = 1; i + 1 < text->n; i++) {
        if (tokens[i].kind != COORDS_MINUS || tokens[i - 1].kind != COORDS_BLANK)
            continue;
        int next = i + 1 + (tokens[i + 1].kind == COORDS_BLANK && i + 2 < text->n);
        bool metres = next > i + 1 && tokens[next].kind == COORDS_DIGITS && tokens[next].len > 4;
        if (metres || (tokens[next].kind == COORDS_WORD && tokens[next].word)) {
            tokens[i - 1].kind = COORDS_HARD; /* the blank before it */
            tokens[i].kind = COORDS_BLANK;
        }
    }
}

static int after_blanks(const struct coords_text *text, int at)
{
    while (at < text->n && text->tokens[at].kind == COORDS_BLANK)
        at++;
    return at;
}

/* In "-18.9 y -65.1" the letter is the word for "and": no other label says which number is x. */
static void find_and(struct coords_text *text)
{
    int at = -1, labels = 0;
    for (int i = 0; i < text->n; i++) {
        const struct coords_word *word = text->tokens[i].word;
        if (!word || word->axis == GEO_AXIS_OPEN)
            continue;
        labels++;
        if (strcmp(word->text, "y") == 0)
            at = i;
    }
    if (labels != 1 || at < 2 || text->tokens[at - 1].kind != COORDS_BLANK ||
        text->tokens[at - 2].kind != COORDS_DIGITS)
        return;
    int next = after_blanks(text, at + 1);
    if (next < text->n &&
        (text->tokens[next].kind == COORDS_DIGITS || text->tokens[next].kind == COORDS_MINUS)) {
        text->tokens[at - 1].kind = COORDS_HARD; /* the blank before it */
        text->tokens[at] = (struct coords_token){.kind = COORDS_BLANK, .text = " ", .len = 1};
    }
}

bool coords_lex(const char *text, struct coords_text *out)
{
    size_t len = strlen(text);
    out->n = 0;
    out->words = out->remark = false;
    if (len > GEO_COORDS_TEXT_MAX)
        return false;
    for (size_t at = 0; at < len;) {
        struct coords_token token;
        size_t n = remark_len(text + at);
        if (n > 0) {
            out->remark = true;
            at += n;
            continue;
        }
        n = lex_one(text, at, len, &token);
        if (n == 0)
            return false;
        out->words = out->words || token.kind == COORDS_WORD || token.word;
        put(out, &token);
        at += n;
    }
    while (out->n && (out->tokens[out->n - 1].kind == COORDS_BLANK ||
                      out->tokens[out->n - 1].kind == COORDS_HARD))
        out->n--;
    find_dashes(out);
    find_and(out);
    return out->n > 0;
}

static void cut(struct coords_text *text, int from, int to)
{
    memmove(text->tokens + from, text->tokens + to, (size_t)(text->n - to) * sizeof *text->tokens);
    text->n -= to - from;
}

static int after_gap(const struct coords_text *text, int at)
{
    while (at < text->n &&
           (text->tokens[at].kind == COORDS_BLANK || text->tokens[at].kind == COORDS_COLON ||
            text->tokens[at].kind == COORDS_DOT || text->tokens[at].kind == COORDS_MINUS))
        at++;
    return at;
}

static int small_number(const struct coords_token *token)
{
    if (token->kind != COORDS_DIGITS || token->len > 6)
        return -1;
    int value = 0;
    for (size_t i = 0; i < token->len; i++)
        value = 10 * value + (token->text[i] - '0');
    return value;
}

/* Reads a zone at tokens[at], with its band or hemisphere letter; returns the index after
 * it, or `at`. C to M are bands of the south, N to X of the north; but S (the band of
 * 32-40° N) always means Sur here. */
static int read_zone(const struct coords_text *text, int at, bool letter_needed,
                     struct coords_frame *frame, bool *conflict)
{
    int zone = at < text->n ? small_number(&text->tokens[at]) : -1;
    if (zone < 1 || zone > 60 || text->tokens[at].len > 2)
        return at;
    int next = at + 1;
    while (next < text->n && text->tokens[next].kind == COORDS_BLANK)
        next++;
    bool north = false, lettered = false;
    if (next < text->n && text->tokens[next].kind == COORDS_DEGREE && text->tokens[next].len == 1 &&
        isalpha((unsigned char)*text->tokens[next].text))
        lettered = true; /* band D */
    else if (next < text->n && text->tokens[next].kind == COORDS_WORD) {
        const struct coords_token *token = &text->tokens[next];
        char band = (char)toupper((unsigned char)*token->text);
        lettered = (token->len == 1 && strchr("CDEFGHJKLMNPQRSTUVWX", band)) ||
                   (token->word && token->word->axis == GEO_AXIS_Y && token->word->sign);
        north = band >= 'N' && band != 'S';
    }
    if (!lettered && letter_needed)
        return at;
    if (frame->zone && (frame->zone != zone || frame->north != (lettered && north)))
        *conflict = true;
    frame->zone = zone;
    frame->north = lettered && north;
    return lettered ? next + 1 : at + 1;
}

static bool is_separator(enum coords_kind kind)
{
    return kind == COORDS_BLANK || kind == COORDS_COMMA || kind == COORDS_HARD;
}

/* Removes "19K" at the start or the end. */
static void cut_bare_zone(struct coords_text *text, struct coords_frame *frame, bool *conflict)
{
    int to = read_zone(text, 0, true, frame, conflict);
    if (to > 0) {
        while (to < text->n && is_separator(text->tokens[to].kind))
            to++;
        cut(text, 0, after_gap(text, to));
        return;
    }
    for (int at = text->n - 1; at > 0 && at >= text->n - 3; at--)
        if (is_separator(text->tokens[at - 1].kind) &&
            read_zone(text, at, true, frame, conflict) == text->n) {
            text->n = at;
            return;
        }
}

bool coords_frame(struct coords_text *text, bool bare, struct coords_frame *frame)
{
    bool conflict = false;
    for (int i = 0; text->words && i < text->n; i++) {
        const struct coords_word *word =
            text->tokens[i].kind == COORDS_WORD ? text->tokens[i].word : NULL;
        int to = i + 1;
        if (!word)
            continue;
        int next = after_gap(text, i + 1);
        if (word->datum != GEO_DATUM_OPEN) {
            conflict = conflict || (frame->datum && frame->datum != word->datum);
            frame->datum = word->datum;
            int year = next < text->n ? small_number(&text->tokens[next]) : -1;
            if ((word->datum == GEO_DATUM_WGS84 && (year == 84 || year == 1984)) ||
                (word->datum == GEO_DATUM_PSAD56 && (year == 56 || year == 1956)))
                to = next + 1;
        } else if (word->zone || strcmp(word->text, "utm") == 0) {
            to = read_zone(text, next, !word->zone, frame, &conflict);
            if (to == next)
                to = i + 1;
        } else if (word->epsg && next < text->n && small_number(&text->tokens[next]) > 0) {
            frame->epsg = small_number(&text->tokens[next]);
            to = next + 1;
        } else
            continue;
        /* Also removes the separator between the zone and the numbers. */
        while (to < text->n &&
               (text->tokens[to].kind == COORDS_BLANK || text->tokens[to].kind == COORDS_COLON ||
                text->tokens[to].kind == COORDS_COMMA ||
                (i == 0 && text->tokens[to].kind == COORDS_HARD)))
            to++;
        cut(text, i, to);
        if (i > 0 && i < text->n && text->tokens[i - 1].kind != COORDS_BLANK) {
            memmove(text->tokens + i + 1, text->tokens + i,
                    (size_t)(text->n - i) * sizeof *text->tokens);
            text->tokens[i] = (struct coords_token){.kind = COORDS_BLANK, .text = " ", .len = 1};
            text->n++;
        }
        i--;
    }
    if (bare && text->words && !frame->zone)
        cut_bare_zone(text, frame, &conflict);
    while (text->n && (is_separator(text->tokens[text->n - 1].kind) ||
                       text->tokens[text->n - 1].kind == COORDS_COLON)) /* of "Datum:" */
        text->n--;
    return !conflict && text->n > 0;
}
