/* import_repeat.h - the options of an import as words of a command that repeats it.
 *
 * Threads: any. Errors: the buffer's.
 */
#ifndef SERVER_IMPORT_REPEAT_H
#define SERVER_IMPORT_REPEAT_H

#include "geo/import/import.h"

/* " --map codigo=name --crs EPSG:32719": those that say how the source is read. Without `whole`
 * only those that hold for its rows in a workbook too, whose coordinates are lon/lat if `lonlat`.
 */
void import_repeat_put(const struct geo_import_options *options, bool whole, bool lonlat,
                       struct buf *out);

#endif
