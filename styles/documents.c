/* documents.c - the style documents, built into the program.
 *
 * A new theme is a file in themes/ and a row here. */
#include <string.h>

#include "geo/base/embed.h"
#include "styles/style.h"

/* The themes, in the order of /styles. */
#define THEMES(X)   \
    X(cobertura)    \
    X(familias)     \
    X(inversion)    \
    X(riego)        \
    X(subproyectos) \
    X(rubros)       \
    X(cartera)      \
    X(conflictos)   \
    X(base)

/* The files are composed into the build folder, where the assembler looks for them. */
#define FILES(id)                    \
    EMBED(styles_##id, #id ".json"); \
    EMBED(styles_##id##_print, #id "-impresion.json");
THEMES(FILES)

static const struct {
    const char *id, *json, *end;
} documents[] = {
#define SCREEN(id) {#id, styles_##id, styles_##id##_end},
#define PRINT(id) {#id "-impresion", styles_##id##_print, styles_##id##_print_end},
    THEMES(SCREEN) THEMES(PRINT)};

size_t styles_count(void)
{
    return sizeof documents / sizeof *documents;
}

const char *styles_id(size_t index)
{
    return documents[index].id;
}

bool styles_document(const char *id, const char **json, size_t *len)
{
    for (size_t i = 0; i < styles_count(); i++)
        if (strcmp(documents[i].id, id) == 0) {
            *json = documents[i].json;
            *len = (size_t)(documents[i].end - documents[i].json);
            return true;
        }
    return false;
}
