/* prj_text.h - a .prj in the words of old ArcInfo, before ESRI wrote WKT:
 *
 *     Projection    UTM
 *     Datum         PSAD56
 *     Zone          20
 *
 * GDAL takes a datum that it does not know for WGS 84, 400 m off in Bolivia if it is PSAD56.
 *
 * Owns: nothing. Threads: any.
 * Errors: ERR_INPUT: a datum that is not known, with what to do.
 */
#ifndef GEO_PRJ_TEXT_H
#define GEO_PRJ_TEXT_H

#include "geo/base/err.h"

/* *epsg: of a system on PSAD56; 0: GDAL reads the text rightly, or it is WKT. */
bool prj_text_read(const char *text, int *epsg, struct err *err);

#endif
