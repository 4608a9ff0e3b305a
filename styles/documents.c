/* documents.c - the style documents of this folder, built into the program.
 *
 * A new document is a file and a row.
 */
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
EMBED(styles_cobertura_print, "styles/cobertura-impresion.json");
EMBED(styles_familias_print, "styles/familias-impresion.json");
EMBED(styles_inversion_print, "styles/inversion-impresion.json");
EMBED(styles_riego_print, "styles/riego-impresion.json");
EMBED(styles_subproyectos_print, "styles/subproyectos-impresion.json");
EMBED(styles_rubros_print, "styles/rubros-impresion.json");
EMBED(styles_cartera_print, "styles/cartera-impresion.json");
EMBED(styles_conflictos_print, "styles/conflictos-impresion.json");
EMBED(styles_base_print, "styles/base-impresion.json");

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
    {"cobertura-impresion", styles_cobertura_print, styles_cobertura_print_end},
    {"familias-impresion", styles_familias_print, styles_familias_print_end},
    {"inversion-impresion", styles_inversion_print, styles_inversion_print_end},
    {"riego-impresion", styles_riego_print, styles_riego_print_end},
    {"subproyectos-impresion", styles_subproyectos_print, styles_subproyectos_print_end},
    {"rubros-impresion", styles_rubros_print, styles_rubros_print_end},
    {"cartera-impresion", styles_cartera_print, styles_cartera_print_end},
    {"conflictos-impresion", styles_conflictos_print, styles_conflictos_print_end},
    {"base-impresion", styles_base_print, styles_base_print_end},
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
