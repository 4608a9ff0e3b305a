/* form_book.h - the workbook in which people collect the records of a layer: `sigg template`.
 *
 * «Datos» has one column a field, with drop-downs and limits; «Ejemplos» three rows that would be
 * imported; «Instrucciones» what each column takes; «Municipios» and «Listas» what the drop-downs
 * choose from. Filled in, it is imported by `sigg import` as it is (geo/fields/form_sheets.h).
 *
 * Threads: as the store's.
 * Units:   as import takes them: money in Bs, days as dates, lon/lat in degrees (WGS 84), UTM
 *          in metres.
 * Errors:  ERR_INPUT for a layer that must have polygons, which no workbook holds; ERR_NOT_FOUND
 *          if the layer needs municipalities and there is no edition; ERR_DEPENDENCY with
 *          libxlsxwriter's message.
 */
#ifndef LAYERS_REPORT_FORM_BOOK_H
#define LAYERS_REPORT_FORM_BOOK_H

#include "geo/base/buf.h"
#include "geo/store/store.h"

/* Appends the whole file to out. */
bool form_book_write(struct geo_store *store, const struct geo_table *table, struct buf *out,
                     struct err *err);

#endif
