/* sheet_error.c - what a sheet shows instead of a value. */
#include "geo/texts/sheet_error.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

/* "#REF!", "#¿NOMBRE?", "#DIV/0!": capitals between a number sign and a mark. */
static bool is_marked(const char *text)
{
    size_t len = strlen(text);
    if (len < 4 || !strchr("!?", text[len - 1]))
        return false;
    for (size_t i = 1; i + 1 < len; i++)
        if (!isupper((unsigned char)text[i]) && !strchr("/0_", text[i]) &&
            (unsigned char)text[i] < 0x80)
            return false;
    return true;
}

static bool is_one_of(const char *text, const char *const *words)
{
    for (; *words; words++)
        if (strcmp(text, *words) == 0)
            return true;
    return false;
}

bool sheet_error_is(const char *text)
{
    static const char *const signs[] = {"#N/A", "#N/D", "#NV", "#GETTING_DATA", "#OBTENIENDO_DATOS",
                                        NULL};
    static const char *const words[] = {
        "Loading...", "Loading…", "Cargando...", "Cargando…",       "[Record]",
        "[List]",     "[Table]",  "[Error]",     "[object Object]", "[Registro]",
        "[Lista]",    "[Tabla]",  NULL};
    if (text[0] == '#') {
        size_t n = strspn(text, "#");
        return (n >= 3 && !text[n]) || is_one_of(text, signs) || is_marked(text);
    }
    if (strncmp(text, "Err:", 4) == 0)
        return strspn(text + 4, "0123456789") == 3 && !text[7];
    return strchr("LC[", text[0]) && is_one_of(text, words);
}

bool sheet_error_is_formula(const char *text)
{
    if (text[0] != '=' || (!isalpha((unsigned char)text[1]) && text[1] != '$'))
        return false;
    const char *open = strchr(text, '('), *at = text + 1;
    bool call = open && strspn(at, "ABCDEFGHIJKLMNOPQRSTUVWXYZ._0123456789") == (size_t)(open - at);
    return call || !at[strspn(at, "ABCDEFGHIJKLMNOPQRSTUVWXYZ$0123456789:!+-*/")];
}
