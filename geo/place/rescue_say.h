/* rescue_say.h - the words of a rescue: what was done, and why a coordinate is refused; private
 * to the files geo/place/rescue*.c.
 *
 * Owns:    nothing. Threads: any. Units: lon/lat degrees.
 * Errors:  the refusals return false with ERR_INPUT, or ERR_MEMORY.
 */
#ifndef GEO_RESCUE_SAY_H
#define GEO_RESCUE_SAY_H

#include "geo/base/buf.h"
#include "geo/place/rescue.h"
#include "geo/place/rescue_read.h"

/* "invertidas+signo": the names of kinds, joined. */
void rescue_put_kinds(struct buf *out, unsigned kinds);

/* "lon -65.1234, lat -18.5678, en Sucre (Chuquisaca)" */
void rescue_put_where(struct buf *out, const struct geo_edition *edition, double lon_deg,
                      double lat_deg);

/* "en Sucre (Chuquisaca, 010101)" with those words before it. */
void rescue_put_unit(struct buf *out, const struct geo_edition *edition, int unit,
                     const char *before);

/* ERR_INPUT with the text of buf, which it frees. */
bool rescue_refuse_with(struct buf *buf, struct err *err);

/* "coordenada «…»: " and the words given. */
__attribute__((format(printf, 3, 4))) bool
rescue_refuse_plainly(const struct geo_written *written, struct err *err, const char *format, ...);

/* The message "coordenada «…»: <why> <declared><more>: <reading>; <reading>" with the
 * readings in `which`; declared -1: without it and `more`. */
bool rescue_refuse(const struct geo_edition *edition, const struct geo_written *written,
                   const struct readings *readings, unsigned which, struct err *err,
                   const char *why, int declared, const char *more);

/* Fills `how` and `crs`; epsg 0: OGC:CRS84. */
bool rescue_describe(struct geo_rescued *rescued, unsigned kinds, int epsg, struct err *err);

#endif
