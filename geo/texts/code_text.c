/* code_text.c - codes as sheets and files write them. */
#include "geo/texts/code_text.h"

#include <ctype.h>
#include <string.h>

#include "geo/base/parse.h"

/* Beyond 2^53 not every whole number is a double. */
static const int64_t exact_max = INT64_C(9007199254740992);

static bool is_digits(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!isdigit((unsigned char)text[i]))
            return false;
    return len > 0;
}

/* "01-01-01": three pairs with one kind of mark between. */
static bool is_parted(const char *text, size_t len)
{
    return len == 8 && strchr("-. /", text[2]) && text[2] == text[5] && is_digits(text, 2) &&
           is_digits(text + 3, 2) && is_digits(text + 6, 2);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

enum code_form code_text_municipality(const char *text, char digits[7])
{
    enum code_form form = CODE_NONE;
    while (is_blank(*text))
        text++;
    size_t len = strlen(text);
    while (len && is_blank(text[len - 1]))
        len--;
    bool prefix =
        len > 2 && tolower((unsigned char)text[0]) == 'b' && tolower((unsigned char)text[1]) == 'o';
    digits[0] = digits[6] = '\0';
    if (prefix) {
        size_t skip = 2 + (strchr("- _.", text[2]) != NULL);
        text += skip;
        len -= skip;
    }
    if (len == 6 && is_digits(text, 6)) {
        memcpy(digits, text, 6);
        form = prefix ? CODE_P : CODE_SIX;
    } else if (len == 5 && !prefix && is_digits(text, 5)) {
        digits[0] = '0';
        memcpy(digits + 1, text, 5);
        form = CODE_LOST_ZERO;
    } else if (!prefix && is_parted(text, len)) {
        for (size_t i = 0; i < 3; i++)
            memcpy(digits + 2 * i, text + 3 * i, 2);
        form = CODE_PARTED;
    }
    return form;
}

const char *code_text_of_number(struct arena *arena, const char *number, const char **why)
{
    size_t whole = strcspn(number, ".");
    const char *rest = number + whole;
    int64_t value;
    *why = NULL;
    if (strpbrk(number, "eE") || strlen(number) > 300)
        *why = "es demasiado grande para que una hoja lo guarde exacto";
    else if (*rest && rest[1 + strspn(rest + 1, "0")])
        *why = "tiene decimales";
    if (*why)
        return NULL;
    char *code = arena_strndup(arena, number, whole);
    if (code && !parse_int(code, -exact_max, exact_max, &value)) {
        *why = is_digits(code, whole) ? "es demasiado grande para que una hoja lo guarde exacto"
                                      : "no es un número entero";
        return NULL;
    }
    return code;
}

bool code_text_is_rounded(const char *text)
{
    const char *at = text + strspn(text, "0123456789");
    if (at != text + 1)
        return false;
    if (*at == '.' || *at == ',')
        at += 1 + strspn(at + 1, "0123456789");
    if ((*at != 'e' && *at != 'E') || at[1] != '+')
        return false;
    size_t digits = strspn(at + 2, "0123456789");
    return digits >= 2 && !at[2 + digits];
}

bool code_text_is_several(const char *text)
{
    static const char digits[] = "0123456789";
    size_t parts = 0;
    for (const char *end; *text; text = end + (*end != '\0'), parts++) {
        end = text + strcspn(text, ",;");
        while (*end == ',' && end[1] != ' ')
            end += 1 + strcspn(end + 1, ",;");
        size_t blanks = strspn(text, " "), len = (size_t)(end - text);
        if (strcspn(text, digits) >= len || blanks + strcspn(text + blanks, " ") < len)
            return false;
    }
    return parts > 1;
}
