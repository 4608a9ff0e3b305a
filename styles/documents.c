/* documents.c - the style documents of this folder, built into the program.
 * A new document is a file and a row. */
#include <string.h>

#include "geo/base/embed.h"
#include "styles/style.h"

EMBED(styles_cobertura, "styles/cobertura.json");
EMBED(styles_familias, "styles/familias.json");
EMBED(styles_inversion, "styles/inversion.json");
EMBED(styles_riego, "styles/riego.json");
EMBED(styles_subproyectos, "styles/subproyectos.json");
EMBED(styles_rubros, "styles/rubros.json");
EMBED(styles_cartera, "styles/cartera.json");
EMBED(styles_conflictos, "styles/conflictos.json");
EMBED(styles_base, "styles/base.json");

static const struct {
    const char *id, *json, *end;
} documents[] = {
    {"cobertura", styles_cobertura, styles_cobertura_end},
    {"familias", styles_familias, styles_familias_end},
    {"inversion", styles_inversion, styles_inversion_end},
    {"riego", styles_riego, styles_riego_end},
    {"subproyectos", styles_subproyectos, styles_subproyectos_end},
    {"rubros", styles_rubros, styles_rubros_end},
    {"cartera", styles_cartera, styles_cartera_end},
    {"conflictos", styles_conflictos, styles_conflictos_end},
    {"base", styles_base, styles_base_end},
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
