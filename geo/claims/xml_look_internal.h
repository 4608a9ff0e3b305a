/* xml_look_internal.h - a look at the geometries of a KML, GPX or GML, element by element.
 * Private to xml_*.c and geometry_claims_xml.c, because it uses expat's types.
 *
 * Owns:    its text; the claims and the error are the caller's.
 * Threads: one owner.
 * Errors:  xml_look_fail() after *err is set: the parser stops.
 */
#ifndef GEO_XML_LOOK_INTERNAL_H
#define GEO_XML_LOOK_INTERNAL_H

#include <expat.h>

#include "geo/claims/geometry_claims_internal.h"

enum { FOLDERS_MAX = 64, KML_NOT_READ = 4 };

struct xml_look {
    XML_Parser parser;
    struct geometry_claims *claims;
    struct err *err;
    bool failed;
    struct buf text; /* of the element, while `collects` */
    bool collects;
    bool in_feature, passes_over; /* passes_over: inside a boundedBy */
    enum geometry_claim claim;    /* of the feature so far */
    char why[160];
    size_t list; /* of the feature */
    int level;   /* of elements, the root's is 1 */
    struct xml_folder {
        size_t list;
        int level;
    } folders[FOLDERS_MAX]; /* KML: those that are open */
    size_t depth;
    char shape[16];     /* KML: Point, LineString or LinearRing */
    bool in_link;       /* KML: NetworkLink */
    bool own_features;  /* KML: its outermost folder has some that are no folders */
    int64_t stray;      /* KML: places that are in no folder, nor in the root */
    bool in_kml;        /* KML: its outermost element is <kml> */
    struct kml_place {  /* KML: the place that is read */
        int level;      /* of the element; 0: none is open */
        int passed;     /* of one within it that holds no values of its own; 0: none is open */
        bool extended;  /* in its ExtendedData */
        char child[48]; /* its child that is open */
        char *data;     /* the name of the Data that is open, or of the SimpleField */
    } place;
    size_t not_read[KML_NOT_READ]; /* KML: how many there are of each such element */
    size_t whens, coords;          /* KML: of the Track */
    bool in_boundary;              /* KML, GML: of a polygon */
    bool has_outer;                /* KML, GML: the polygon has an outer boundary */
    size_t rings;                  /* KML, GML: of the boundary so far */
    size_t shapes;                 /* KML, GML: geometries of the feature so far */
    int shape_level;               /* of the element that is its geometry; 0: none is open */
    int member;                    /* GML: level of featureMember; 0: none is open */
    bool elsewhere;  /* GML: a property of the feature points to another place of the file */
    bool in_failure; /* GML: it is no data but the error of a service, whose text is collected */
};

void xml_look_fail(struct xml_look *look);
bool xml_is(const char *name, const char *wanted);
const char *xml_attribute(const char **attributes, const char *name); /* NULL: there is none */
bool xml_is_number(const char *text, size_t len, double *value);

/* A record with a geometry: begins, has one, has a faulty one, ends. text is what is no
 * number; NULL: `what` says it all. */
void xml_look_begin(struct xml_look *look, size_t list);
void xml_look_found(struct xml_look *look);
void xml_look_blame(struct xml_look *look, const char *what, const char *text, size_t len);
void xml_look_end(struct xml_look *look);
size_t xml_look_layer(struct xml_look *look, const char *name); /* its list; may fail */

/* The text of an element: collected from its start, looked at when it ends, as "lon,lat
 * lon,lat" or as numbers between blanks. */
void xml_look_collect(struct xml_look *look);
void xml_look_list_text(struct xml_look *look, bool point);
void xml_look_numbers(struct xml_look *look);

/* At the start and the end of each element: a boundary is one ring. Of several, which some programs
 * write for as many holes, GDAL reads one. */
void xml_look_ring(struct xml_look *look, const char *name);
void xml_look_ring_end(struct xml_look *look, const char *name);

/* At the start and the end of each element, `is`: it is a geometry, or part of one. A record has
 * one geometry: of several GDAL gives one. */
void xml_look_shape(struct xml_look *look, bool is);
void xml_look_shape_end(struct xml_look *look);

/* One for each format; name is local, without its prefix. */
void xml_kml_start(struct xml_look *look, const char *name, const char **attributes);
void xml_kml_end(struct xml_look *look, const char *name);
/* At the end of a KML: what of it is not read, a Spanish sentence. */
void xml_kml_told(const struct xml_look *look, struct buf *note);
/* xml_kml_place.c: values of a place that GDAL does not read, and the names that people see. At the
 * start of each element, before the rest; at its end, after it. */
void xml_kml_place_start(struct xml_look *look, const char *name, const char **attributes);
void xml_kml_place_end(struct xml_look *look, const char *name);
/* At the end of a KML: what of it is not read. */
void xml_kml_place_told(struct xml_look *look, struct buf *note);
void xml_gpx_start(struct xml_look *look, const char *name, const char **attributes);
void xml_gpx_end(struct xml_look *look, const char *name);
void xml_gml_start(struct xml_look *look, const char *name, const char **attributes);
void xml_gml_end(struct xml_look *look, const char *name);
/* At the end of a GML: what a service said beside the records. False: it is an error. */
bool xml_gml_told(struct xml_look *look, struct err *err);

#endif
