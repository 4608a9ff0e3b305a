/* workbook_xml.h - reads one XML file of a workbook, as far as a table of rules describes it.
 *
 * A rule says: the element `name` inside `parent` is `place`. Elements without a rule are
 * skipped with all they contain. Prefixes of names are ignored: programs choose them freely.
 * Document types, and with them entities, are refused. Expat stays behind this header.
 *
 * Owns:    the parser and the handle on the zip.
 * Threads: one owner.
 * Errors:  ERR_INPUT with file and line of the XML; those of the functions called.
 */
#ifndef GEO_WORKBOOK_XML_H
#define GEO_WORKBOOK_XML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/base/err.h"

struct workbook_xml; /* opaque */

/* Places of every table; a place from WORKBOOK_XML_TEXT on is one whose text is wanted. */
enum { WORKBOOK_XML_ROOT = 0, WORKBOOK_XML_TEXT = 64, WORKBOOK_XML_SKIP = 255 };

struct workbook_xml_rule {
    unsigned char parent;
    /* Without prefix; "*": any; NULL ends the table. The first rule that fits counts. */
    const char *name;
    unsigned char place;
};

/* Functions return false with *err to end the reading. */
struct workbook_xml_calls {
    const struct workbook_xml_rule *rules;
    /* attributes: name and value in turn, ends with NULL; workbook_xml_attribute() */
    bool (*start)(void *arg, int place, const char *const *attributes, struct err *err);
    bool (*end)(void *arg, int place, struct err *err);
    /* Text right inside an element whose text is wanted, in pieces; may be NULL if none is. */
    bool (*text)(void *arg, int place, const char *text, size_t len, struct err *err);
};

/* path of the zip, as GDAL opens it; calls and arg are borrowed. */
struct workbook_xml *workbook_xml_open(const char *path, const char *part,
                                       const struct workbook_xml_calls *calls, void *arg,
                                       struct err *err);
/* The same of `before`, then of len bytes, borrowed: part of an XML file as if it were all. */
struct workbook_xml *workbook_xml_open_bytes(const char *before, const char *bytes, size_t len,
                                             const char *part,
                                             const struct workbook_xml_calls *calls, void *arg,
                                             struct err *err);
void workbook_xml_close(struct workbook_xml *xml); /* NULL is fine */

/* Reads on until workbook_xml_pause() is called, or to the end: *ended. */
bool workbook_xml_run(struct workbook_xml *xml, bool *ended, struct err *err);
/* Opens, reads to the end, closes. */
bool workbook_xml_read(const char *path, const char *part, const struct workbook_xml_calls *calls,
                       void *arg, struct err *err);

/* To be called by `end`: workbook_xml_run() returns after it. */
void workbook_xml_pause(struct workbook_xml *xml);
/* To be called by `start`: what this element contains is skipped; `end` is not called. */
void workbook_xml_skip(struct workbook_xml *xml);

/* Where the element begins, in bytes of the file. To be called by `start`. */
int64_t workbook_xml_at(const struct workbook_xml *xml);

/* The value of an attribute, NULL: not there. A name without prefix fits any prefix but
 * "calcext:", whose names repeat others. */
const char *workbook_xml_attribute(const char *const *attributes, const char *name);

#endif
