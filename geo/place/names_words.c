/* names_words.c - spelling variants of names: abbreviations, titles, articles. */
#include "geo/place/names_words.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/text.h"

enum { SPELLING_MAX = 64 };

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Titles of local governments, folded; longer ones before their prefixes. */
static const char *const titles[] = {
    "gobierno autonomo indigena originario campesino",
    "gobierno autonomo indigena",
    "gobierno autonomo municipal",
    "gobierno municipal autonomo",
    "gobierno municipal",
    "autonomia indigena originario campesina",
    "autonomia indigena originaria campesina",
    "autonomia indigena",
    "autonomia guarani",
    "nacion originaria",
    "honorable alcaldia municipal",
    "alcaldia municipal",
    "alcaldia",
    "municipalidad",
    "municipio indigena",
    "municipio",
    "mun",
    "gam",
    "g a m",
    "ham",
    "h a m",
    "gm",
    "gaioc",
    "g a i o c",
    "aioc",
    "tioc",
    "t i o c",
};

static const struct {
    const char *abbreviation, *word;
} abbreviations[] = {
    {"v", "villa"},      {"vlla", "villa"},     {"sn", "san"},       {"sta", "santa"},
    {"sto", "santo"},    {"pto", "puerto"},     {"pt", "puerto"},    {"stgo", "santiago"},
    {"sgo", "santiago"}, {"gral", "general"},   {"ntra", "nuestra"}, {"sra", "senora"},
    {"cnl", "coronel"},  {"fdez", "fernandez"},
};

static const char *const saints[] = {"san", "santa", "santo", "santiago"};

/* The text after the words of prefix; NULL if it does not begin with them, or if nothing
 * would be left. */
static const char *after_words(const char *text, const char *prefix)
{
    size_t len = strlen(prefix);
    if (strncmp(text, prefix, len) != 0 || text[len] != ' ')
        return NULL;
    return text + len + 1;
}

static const char *without_title(const char *text)
{
    for (size_t i = 0; i < COUNT(titles); i++) {
        const char *rest = after_words(text, titles[i]);
        if (!rest)
            continue;
        const char *of = after_words(rest, "de");
        const char *of_the = after_words(rest, "del");
        return of ? of : of_the ? of_the : rest;
    }
    return text;
}

static const char *spelt_out(const char *word, size_t len, int variant)
{
    if (len == 1 && *word == 's')
        return saints[variant];
    for (size_t i = 0; i < COUNT(abbreviations); i++)
        if (strlen(abbreviations[i].abbreviation) == len &&
            memcmp(abbreviations[i].abbreviation, word, len) == 0)
            return abbreviations[i].word;
    return NULL;
}

char *names_expand(struct arena *arena, const char *folded, int variant)
{
    const char *text = without_title(folded);
    text = without_title(text); /* "municipio de la TIOC de Raqaypampa" */
    /* Room for the worst case: "santiago" replaces a letter and its blank. */
    char *out = arena_alloc(arena, strlen(text) * 5 + 1);
    if (!out)
        return NULL;
    char *end = out;
    for (const char *word = text; *word;) {
        size_t len = strcspn(word, " ");
        /* The last word is not an abbreviation: Colcha "K", Caiza "D". */
        const char *full = word[len] ? spelt_out(word, len, variant) : NULL;
        size_t n = full ? strlen(full) : len;
        memcpy(end, full ? full : word, n);
        end += n;
        word += len;
        if (*word == ' ') {
            *end++ = ' ';
            word++;
        }
    }
    *end = '\0';
    return out;
}

static bool is_particle(const char *word, size_t len)
{
    static const char *const particles[] = {"el", "la", "los", "las", "de", "del", "y"};
    for (size_t i = 0; i < COUNT(particles); i++)
        if (strlen(particles[i]) == len && memcmp(particles[i], word, len) == 0)
            return true;
    return false;
}

char *names_squeeze(struct arena *arena, const char *folded)
{
    char *out = arena_alloc(arena, strlen(folded) + 1);
    if (!out)
        return NULL;
    char *end = out;
    for (const char *word = folded; *word;) {
        size_t len = strcspn(word, " ");
        if (!is_particle(word, len)) {
            memcpy(end, word, len);
            end += len;
        }
        word += len + (word[len] == ' ');
    }
    *end = '\0';
    return out;
}

/* INE's number and usual abbreviations of each department. */
static const struct {
    const char *name, *text;
} departments[] = {
    {"chuquisaca", "01"},
    {"chuquisaca", "chq"},
    {"chuquisaca", "ch"},
    {"chuquisaca", "chuq"},
    {"la paz", "02"},
    {"la paz", "lp"},
    {"la paz", "lpz"},
    {"cochabamba", "03"},
    {"cochabamba", "cb"},
    {"cochabamba", "cba"},
    {"cochabamba", "cbba"},
    {"oruro", "04"},
    {"oruro", "or"},
    {"oruro", "oru"},
    {"potosi", "05"},
    {"potosi", "pt"},
    {"potosi", "pts"},
    {"potosi", "pot"},
    {"tarija", "06"},
    {"tarija", "tj"},
    {"tarija", "tja"},
    {"tarija", "tar"},
    {"santa cruz", "07"},
    {"santa cruz", "sc"},
    {"santa cruz", "scz"},
    {"santa cruz", "sta cruz"},
    {"beni", "08"},
    {"beni", "bn"},
    {"beni", "be"},
    {"beni", "el beni"},
    {"beni", "ben"},
    {"pando", "09"},
    {"pando", "pd"},
    {"pando", "pa"},
    {"pando", "pnd"},
    {"chaco", "chaco"},
    {"chuquisaca", "chuquisaca"},
    {"la paz", "la paz"},
    {"cochabamba", "cochabamba"},
    {"oruro", "oruro"},
    {"potosi", "potosi"},
    {"tarija", "tarija"},
    {"santa cruz", "santa cruz"},
    {"beni", "beni"},
    {"pando", "pando"},
};

const char *names_department(const char *folded)
{
    static const char *const prefixes[] = {"departamento", "depto", "dpto", "dep",
                                           "uo",           "de",    "del"};
    for (size_t i = 0; i < COUNT(prefixes); i++) {
        const char *rest = after_words(folded, prefixes[i]);
        folded = rest ? rest : folded;
    }
    for (size_t i = 0; i < COUNT(departments); i++)
        if (strcmp(departments[i].text, folded) == 0)
            return departments[i].name;
    return NULL;
}

bool names_forms(struct arena *arena, const char *text, char *forms[NAMES_FORMS])
{
    const char *open = strchr(text, '('), *close = open ? strchr(open, ')') : NULL;
    memset(forms, 0, NAMES_FORMS * sizeof *forms);
    if (!(forms[0] = text_fold(arena, text)))
        return false;
    if (!close)
        return true;
    char *outer = arena_printf(arena, "%.*s %s", (int)(open - text), text, close + 1);
    char *inner = arena_strndup(arena, open + 1, (size_t)(close - open - 1));
    if (!outer || !inner || !(forms[1] = text_fold(arena, outer)))
        return false;
    if (!close[1 + strspn(close + 1, " .")] && !(forms[2] = text_fold(arena, inner)))
        return false;
    return true;
}

/* True for six digits, with or without the country before them. */
static bool is_code(const char *word, size_t len, char code[7])
{
    if (len == 8 && memcmp(word, "bo", 2) == 0)
        word += 2, len -= 2;
    if (len != 6 || strspn(word, "0123456789") < len)
        return false;
    memcpy(code, word, len);
    code[len] = '\0';
    return true;
}

bool names_split_code(struct arena *arena, const char *folded, char code[7], const char **name)
{
    size_t first = strcspn(folded, " ");
    const char *last = strrchr(folded, ' ');
    if (!last)
        return false;
    *name = folded + first + 1;
    if (is_code(folded, first, code))
        return true;
    *name = arena_strndup(arena, folded, (size_t)(last - folded));
    return *name && is_code(last + 1, strlen(last + 1), code);
}

int names_edits(const char *a, const char *b, int most)
{
    int n = (int)strlen(a), m = (int)strlen(b);
    if (n >= SPELLING_MAX || m >= SPELLING_MAX || abs(n - m) > most)
        return most + 1;
    int rows[3][SPELLING_MAX + 1];
    for (int j = 0; j <= m; j++)
        rows[0][j] = j;
    for (int i = 1; i <= n; i++) {
        int *row = rows[i % 3], *above = rows[(i + 2) % 3], *twice = rows[(i + 1) % 3];
        int least = row[0] = i;
        for (int j = 1; j <= m; j++) {
            int cost = above[j - 1] + (a[i - 1] != b[j - 1]);
            cost = above[j] + 1 < cost ? above[j] + 1 : cost;
            cost = row[j - 1] + 1 < cost ? row[j - 1] + 1 : cost;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                twice[j - 2] + 1 < cost)
                cost = twice[j - 2] + 1;
            row[j] = cost;
            least = cost < least ? cost : least;
        }
        if (least > most)
            return most + 1;
    }
    return rows[n % 3][m];
}
