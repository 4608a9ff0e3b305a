/* fact_kind.h - what a fact of a municipality counts, told by the words of its name.
 *
 * Owns:    nothing. Threads: any. Errors: none.
 */
#ifndef GEO_IMPORT_FACT_KIND_H
#define GEO_IMPORT_FACT_KIND_H

enum fact_kind {
    FACT_ANY,
    FACT_COUNT, /* of people, dwellings, communities: whole, not negative */
    FACT_AREA,  /* not negative */
    FACT_SHARE, /* a percentage, 0 to 100 */
    FACT_RATE,  /* perhaps a percentage */
    FACT_CHANGE /* any number, whatever else the name says: "variacion_poblacion" */
};

/* name: folded, words parted by '_' (text_fold_column()). */
enum fact_kind fact_kind(const char *name);

#endif
