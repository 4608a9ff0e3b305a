/* heading.h - headings of columns in one form, so that they can be compared however people
 * write them: accents, case, marks, articles, plurals and usual abbreviations do not matter.
 *
 *   "Cód. de la Alianza *"  codigo_alianza      "N° de familias"  numero_familia
 *   "% de mujeres"          porcentaje_mujer    "Superficie (ha)" superficie_ha
 *   "3. Nombre del grupo"   nombre_grupo        (the numbers of questions)
 *
 * Owns:    results live in the arena given.
 * Threads: any.
 * Errors:  NULL for bytes that are not UTF-8 or for short memory.
 */
#ifndef GEO_IMPORT_HEADING_H
#define GEO_IMPORT_HEADING_H

#include <stdbool.h>

#include "geo/base/arena.h"

char *heading_key(struct arena *arena, const char *heading);

/* Only folded, with '%' and '#' as words: "% Mujeres" is no "mujeres". */
char *heading_fold(struct arena *arena, const char *heading);

/* What may be left out of a key where the field says it already. */
enum heading_extra {
    HEADING_NONE = 0,
    HEADING_COUNT = 1,     /* "numero", "cantidad": of fields that count */
    HEADING_BS = 2,        /* the unit of amounts */
    HEADING_HA = 4,        /* hectares */
    HEADING_T = 8,         /* tonnes */
    HEADING_POSITION = 16, /* "utm", "m", "wgs84", hemispheres: of coordinates */
    /* Units that are not the field's: dollars, thousands; square metres; hundredweights. */
    HEADING_NOT_BS = 32,
    HEADING_NOT_HA = 64,
    HEADING_NOT_T = 128
};

/* The key without those words; the same text if it has none, or nothing else. */
const char *heading_plain(struct arena *arena, const char *key, unsigned extras);

/* Forms of surveys, and headings in two rows, put groups before a name: "datos/codigo",
 * "gps-Latitude", "gps.latitude", "_gps_latitude", "Coordenadas / Latitud" -> the last part.
 * NULL: there is no group. *prefix_len: bytes of the group. */
const char *heading_last_part(const char *heading, size_t *prefix_len);

/* True if two keys are nearly the same: one letter more, less, other or swapped; two from ten
 * letters on. Words of up to four letters have to be the same. */
bool heading_is_near(const char *a, const char *b);

/* True for columns that programs for surveys, GPX, KML and GIS add, or that our own exports and
 * reports add and an import computes itself. ours: only the latter. */
bool heading_is_added(const char *heading, bool *ours);

#endif
