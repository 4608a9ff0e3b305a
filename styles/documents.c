/* documents.c - the style documents of this folder, built into the program.
 * A new document is a file and a row. */
#include <string.h>

#include "geo/base/embed.h"
#include "styles/style.h"

EMBED(styles_cobertura, "styles/cobertura.json");

static const struct {
    const char *id, *json, *end;
} documents[] = {
    {"cobertura", styles_cobertura, styles_cobertura_end},
};

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
