/* name_words.c - compares two names by the words that they share. */
#include "geo/fields/name_words.h"

#include <string.h>

#include "geo/base/text.h"

enum { WORDS_MAX = 32 };

struct name_words {
    const char *at[WORDS_MAX];
    size_t n;
};

/* Words of a folded text, which is cut up; those of one or two letters join the others. */
static struct name_words words_of(char *text)
{
    struct name_words words = {.n = 0};
    char *rest = NULL;
    for (char *word = text ? strtok_r(text, " ", &rest) : NULL; word && words.n < WORDS_MAX;
         word = strtok_r(NULL, " ", &rest))
        if (strlen(word) > 2 || (*word >= '0' && *word <= '9'))
            words.at[words.n++] = word;
    return words;
}

static size_t shared_words(const struct name_words *one, const struct name_words *two)
{
    size_t shared = 0;
    for (size_t i = 0; i < one->n; i++)
        for (size_t j = 0; j < two->n; j++)
            if (strcmp(one->at[i], two->at[j]) == 0) {
                shared++;
                break;
            }
    return shared;
}

bool name_words_differ(struct arena *arena, const char *one, const char *two)
{
    struct name_words a = words_of(text_fold(arena, one)), b = words_of(text_fold(arena, two));
    size_t shared = shared_words(&a, &b);
    return a.n && b.n && 3 * shared < a.n + b.n - shared;
}

bool name_words_meet(struct arena *arena, const char *one, const char *two)
{
    struct name_words a = words_of(text_fold(arena, one)), b = words_of(text_fold(arena, two));
    return !a.n || !b.n || shared_words(&a, &b) > 0;
}
