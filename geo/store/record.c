/* record.c - reading a record by field index (geo/store/store.h). */
#include <math.h>

#include "geo/store/store.h"

const char *geo_record_text(const struct geo_record *record, int field)
{
    return field >= 0 && record->values[field].kind == GEO_TEXT_VALUE ? record->values[field].text
                                                                      : NULL;
}

int64_t geo_record_int(const struct geo_record *record, int field)
{
    return field >= 0 && record->values[field].kind == GEO_INT_VALUE ? record->values[field].integer
                                                                     : 0;
}

double geo_record_real(const struct geo_record *record, int field)
{
    if (field < 0 || record->values[field].kind == GEO_NULL)
        return NAN;
    const struct geo_value *value = &record->values[field];
    return value->kind == GEO_INT_VALUE    ? (double)value->integer
           : value->kind == GEO_REAL_VALUE ? value->real
                                           : NAN;
}
