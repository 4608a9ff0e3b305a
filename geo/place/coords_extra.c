/* coords_extra.c - finds altitude and accuracy beside a coordinate. */
#include "geo/place/coords_extra.h"

#include <stdlib.h>
#include <string.h>

static void cut(struct coords_text *text, int from, int to)
{
    memmove(text->tokens + from, text->tokens + to, (size_t)(text->n - to) * sizeof *text->tokens);
    text->n -= to - from;
}

/* The index after a sign, digits and decimals at `at`; `at` if there is no number. */
static int after_number(const struct coords_text *text, int at, bool comma)
{
    const struct coords_token *tokens = text->tokens;
    int i = at;
    if (i < text->n && (tokens[i].kind == COORDS_MINUS || tokens[i].kind == COORDS_PLUS))
        i++;
    if (i >= text->n || tokens[i].kind != COORDS_DIGITS)
        return at;
    i++;
    if (i + 1 < text->n &&
        (tokens[i].kind == COORDS_DOT || (comma && tokens[i].kind == COORDS_COMMA)) &&
        tokens[i + 1].kind == COORDS_DIGITS)
        i += 2;
    return i;
}

static bool is_mark(enum coords_kind kind)
{
    return kind == COORDS_BLANK || kind == COORDS_COLON || kind == COORDS_COMMA ||
           kind == COORDS_HARD || kind == COORDS_DOT;
}

static int after_marks(const struct coords_text *text, int at)
{
    while (at < text->n && is_mark(text->tokens[at].kind))
        at++;
    return at;
}

static bool is_metres(const struct coords_token *token)
{
    return token->kind == COORDS_WORD && token->word &&
           (token->word->extra == COORDS_EXTRA_BEFORE || token->word->metres);
}

/* The first token of the number that ends before `at`, skipping a blank; -1: none. */
static int number_before(const struct coords_text *text, int at)
{
    const struct coords_token *tokens = text->tokens;
    int i = at - 1;
    if (i >= 0 && tokens[i].kind == COORDS_BLANK)
        i--;
    if (i < 0 || tokens[i].kind != COORDS_DIGITS)
        return -1;
    if (i >= 2 && tokens[i - 1].kind == COORDS_DOT && tokens[i - 2].kind == COORDS_DIGITS)
        i -= 2;
    return i;
}

/* The tokens [*from, *to) of the altitude or accuracy that the word at `at` names. */
static bool find_named(const struct coords_text *text, int at, int *from, int *to)
{
    *from = at;
    if (text->tokens[at].word->extra == COORDS_EXTRA_BEFORE) {
        *from = number_before(text, at);
        *to = at + 1;
        return *from >= 0;
    }
    int number = after_marks(text, at + 1);
    *to = after_number(text, number, true);
    /* "Z 20" is a zone: no place of the country is as low as that. */
    if (*to == number || (text->tokens[at].word->zone && text->tokens[number].len <= 2))
        return false;
    int unit = after_marks(text, *to);
    if (unit < text->n && is_metres(&text->tokens[unit]))
        *to = unit + 1;
    return true;
}

bool coords_extra_named(struct coords_text *text)
{
    bool found = false;
    for (int i = 0; text->words && i < text->n; i++) {
        const struct coords_token *token = &text->tokens[i];
        int from, to;
        if (token->kind != COORDS_WORD || !token->word || token->word->extra == COORDS_EXTRA_NONE ||
            !find_named(text, i, &from, &to))
            continue;
        while (from > 0 && is_mark(text->tokens[from - 1].kind))
            from--;
        to = after_marks(text, to);
        /* One hard separator is left where two numbers are still to be told apart. */
        if (from > 0 && to < text->n)
            text->tokens[from++] =
                (struct coords_token){.kind = COORDS_BLANK, .text = " ", .len = 1};
        cut(text, from, to);
        found = true;
        i = from - 1;
    }
    return found;
}

static double value_of(const struct coords_token *token)
{
    return strtod(token->text, NULL);
}

static bool has(const struct coords_text *text, enum coords_kind kind)
{
    for (int i = 0; i < text->n; i++)
        if (text->tokens[i].kind == kind)
            return true;
    return false;
}

/* coords_extra_tail() for one decimal mark; with commas, they do not part the numbers. Four parted
 * by semicolons may be two places. */
static bool cut_tail(struct coords_text *text, bool comma)
{
    int starts[5], ends[5], n = 0;
    bool decimals = true, metres = true, hard = false;
    for (int i = 0; i < text->n; n++) {
        if (n == 4)
            return false;
        starts[n] = i;
        ends[n] = after_number(text, i, comma);
        if (ends[n] == i || (n >= 2 && text->tokens[i].kind != COORDS_DIGITS))
            return false;
        if (n < 2) {
            decimals = decimals && ends[n] - i >= 3;
            metres = metres && text->tokens[i].kind == COORDS_DIGITS && text->tokens[i].len >= 5;
        }
        i = ends[n];
        if (n >= 2) {
            while (i < text->n && text->tokens[i].kind == COORDS_BLANK)
                i++;
            i += i < text->n && is_metres(&text->tokens[i]);
        }
        while (i < text->n &&
               (text->tokens[i].kind == COORDS_BLANK || text->tokens[i].kind == COORDS_HARD ||
                (!comma && text->tokens[i].kind == COORDS_COMMA)))
            hard = text->tokens[i++].kind == COORDS_HARD || hard;
        if (i == ends[n] && i < text->n)
            return false;
    }
    if (n < 3 || (hard && n > 3) || !(decimals || metres) ||
        value_of(&text->tokens[starts[2]]) > 9000 ||
        (n == 4 && value_of(&text->tokens[starts[3]]) > 100000))
        return false;
    text->n = ends[1];
    return true;
}

bool coords_extra_tail(struct coords_text *text)
{
    return cut_tail(text, false) || (!has(text, COORDS_DOT) && cut_tail(text, true));
}
