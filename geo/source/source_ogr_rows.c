/* source_ogr_rows.c - reads the rows of one layer of a GDAL data set. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "geo/base/parse.h"
#include "geo/base/text.h"
#include "geo/sheets/workbook_value.h"
#include "geo/source/source_ogr_internal.h"
#include "geo/texts/plain_number.h"

/* A text with a decimal point, where all values are texts and the mark is known: of GML. */
static bool is_xml_number(const struct source_ogr *ogr, const char *text)
{
    double value;
    return ogr->xml && strchr(text, '.') && parse_real(text, -1e300, 1e300, &value) &&
           !strpbrk(text, "eE+");
}

/* "012", which is a code, or a part of one. */
static bool has_zeros(const char *text)
{
    text += text[0] == '-' || text[0] == '+';
    return text[0] == '0' && plain_digits(text, strlen(text)) > 1;
}

/* What the file has in a column of numbers, where GDAL would make something else of it: a number is
 * one, the rest are texts. */
static bool put_own(struct source_ogr *ogr, const char *own, struct source_cell *cell)
{
    if (plain_number(own, strlen(own)) && !has_zeros(own))
        return workbook_number(ogr->row, own, cell);
    *cell = (struct source_cell){SOURCE_CELL_TEXT, source_ogr_utf8(ogr, ogr->row, own)};
    return cell->text;
}

/* A value of a .dbf or .mid as the file has it, where GDAL would change it. *taken: it was one. */
static bool take_value(struct source_ogr *ogr, int64_t id, size_t column, bool *taken,
                       struct err *err)
{
    enum source_cell_kind kind;
    const char *text;
    size_t len = 0;
    *taken = ogr->path->dbf_values &&
             dbf_values_get(ogr->path->dbf_values, id, column, &kind, &text, &len);
    if (ogr->path->mid_values) {
        *taken = mid_values_get(ogr->path->mid_values, ogr->read - 1, column, &kind, &text);
        len = *taken ? strlen(text) : 0;
    }
    if (!*taken || kind == SOURCE_CELL_EMPTY)
        return true;
    const char *copy = arena_strndup(ogr->row, text, len);
    if (copy && kind == SOURCE_CELL_NUMBER)
        return put_own(ogr, copy, &ogr->cells[column]) || err_no_memory(err);
    ogr->cells[column] =
        (struct source_cell){kind, copy ? source_ogr_utf8(ogr, ogr->row, copy) : NULL};
    return ogr->cells[column].text || err_no_memory(err);
}

static void put_part(struct buf *out, const char *part)
{
    buf_printf(out, "%s%s", out->len ? ", " : "", part);
}

static void put_texts(char **parts, struct buf *out)
{
    for (; parts && *parts; parts++)
        put_part(out, *parts);
}

/* The values of a list of numbers. */
static void put_numbers(const struct source_ogr *ogr, OGRFeatureH feature, int column,
                        struct buf *out)
{
    OGRFieldType type = ogr->lists[column];
    int n = 0;
    const double *reals =
        type == OFTRealList ? gdal->OGR_F_GetFieldAsDoubleList(feature, column, &n) : NULL;
    const GIntBig *longs =
        type == OFTInteger64List ? gdal->OGR_F_GetFieldAsInteger64List(feature, column, &n) : NULL;
    const int *ints =
        type == OFTIntegerList ? gdal->OGR_F_GetFieldAsIntegerList(feature, column, &n) : NULL;
    for (int i = 0; i < n; i++) {
        char number[40];
        if (reals)
            snprintf(number, sizeof number, "%.15g", reals[i]);
        else
            snprintf(number, sizeof number, "%lld", longs ? (long long)longs[i] : ints[i]);
        put_part(out, number);
    }
}

/* The text of a value, borrowed until the next call; of a list "uno, dos": GDAL's own text counts
 * its values, and leaves out those beyond 80 bytes. NULL: memory. */
static const char *text_of(struct source_ogr *ogr, OGRFeatureH feature, int column)
{
    OGRFieldType type = ogr->lists[column];
    if (type == OFTString)
        return gdal->OGR_F_GetFieldAsString(feature, column);
    buf_clear(&ogr->list);
    if (type == OFTStringList)
        put_texts(gdal->OGR_F_GetFieldAsStringList(feature, column), &ogr->list);
    else
        put_numbers(ogr, feature, column, &ogr->list);
    return buf_failed(&ogr->list) ? NULL : ogr->list.data ? ogr->list.data : "";
}

static bool put_value(struct source_ogr *ogr, const char *value, size_t column)
{
    if (ogr->typed[column])
        return put_own(ogr, value, &ogr->cells[column]);
    const char *word = source_domains_word(&ogr->domains, column, value);
    if (word) {
        ogr->cells[column] =
            (struct source_cell){SOURCE_CELL_TEXT, source_ogr_utf8(ogr, ogr->row, word)};
        return ogr->cells[column].text;
    }
    ogr->cells[column] =
        (struct source_cell){is_xml_number(ogr, value) ? SOURCE_CELL_NUMBER : ogr->kinds[column],
                             source_ogr_utf8(ogr, ogr->row, value)};
    return ogr->cells[column].text;
}

static bool read_cells(struct source_ogr *ogr, OGRFeatureH feature, struct err *err)
{
    bool fit = true, taken;
    int64_t id = gdal->OGR_F_GetFID(feature);
    for (size_t i = 0; i < ogr->table->n_columns - ogr->beside.n; i++) {
        const char *own = table_texts_at(&ogr->texts, id, (int)i);
        ogr->cells[i] = (struct source_cell){SOURCE_CELL_EMPTY, NULL};
        if (!own && !take_value(ogr, id, i, &taken, err))
            return false;
        if (!own && (taken || !gdal->OGR_F_IsFieldSetAndNotNull(feature, (int)i)))
            continue;
        const char *value = own ? own : text_of(ogr, feature, (int)i);
        if (!value)
            return err_no_memory(err);
        if (!value[0])
            continue;
        size_t kilobytes = strlen(value) >> 10;
        if (fit && !geo_source_within(ogr->limits, GEO_LIMIT_VALUE_KB, (int64_t)kilobytes, err)) {
            err_wrap(err, "%s", ogr->table->columns[i]);
            fit = false;
        }
        if (!fit)
            continue;
        if (own ? !put_own(ogr, own, &ogr->cells[i]) : !put_value(ogr, value, i))
            return err_no_memory(err);
    }
    return fit;
}

/* True if a record has an area or a length by a column that ArcGIS keeps beside the geometry. Of a
 * file geodatabase there is nothing else to hold against a geometry that GDAL does not give. */
static bool has_size(const struct source_ogr *ogr)
{
    static const char *const names[] = {"Shape_Area", "Shape_Length"};
    for (size_t c = 0; strcmp(ogr->driver, "OpenFileGDB") == 0 && c < ogr->table->n_columns; c++)
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            if (strcasecmp(ogr->table->columns[c], names[i]) == 0 && ogr->cells[c].text &&
                strtod(ogr->cells[c].text, NULL) > 0)
                return true;
    return false;
}

/* What GDAL says only to those who look for its faults: the geometry of a record is of a type that
 * it does not know, and the record comes without one. */
static void note_unknown(CPLErr class, CPLErrorNum number, const char *message)
{
    (void)number;
    bool *unknown = gdal->CPLGetErrorHandlerUserData();
    *unknown = *unknown || (class == CE_Debug && strstr(message, "Unhandled geometry type"));
}

static OGRFeatureH next_feature(struct source_ogr *ogr)
{
    if (strcmp(ogr->driver, "OpenFileGDB") != 0)
        return gdal->OGR_L_GetNextFeature(ogr->layer);
    ogr->unknown_shape = false;
    gdal->CPLPushErrorHandlerEx(note_unknown, &ogr->unknown_shape);
    gdal->CPLSetThreadLocalConfigOption("CPL_DEBUG", ogr->driver);
    OGRFeatureH feature = gdal->OGR_L_GetNextFeature(ogr->layer);
    gdal->CPLSetThreadLocalConfigOption("CPL_DEBUG", NULL);
    gdal->CPLPopErrorHandler();
    return feature;
}

/* A geodatabase has no geometry for a record that has none: one without vertices is damaged, as is
 * one of a type that nobody knows. */
static bool has_odd_shape(const struct source_ogr *ogr, OGRGeometryH geometry)
{
    return strcmp(ogr->driver, "OpenFileGDB") == 0 &&
           (ogr->unknown_shape || (geometry && gdal->OGR_G_IsEmpty(geometry)));
}

/* GDAL gives a record without its geometry, or with a part of it, where the file is cut or the
 * geometry damaged: what the file itself says is held against it, and GDAL's last word, from
 * when it read the record. */
static bool has_all_geometry(const struct source_ogr *ogr, int64_t id, OGRGeometryH geometry,
                             const char *said, struct err *err)
{
    bool came = geometry && !gdal->OGR_G_IsEmpty(geometry);
    if (!geometry_claims_allow(ogr->claims, ogr->read - 1, id, came, err))
        return false;
    if (!came && has_size(ogr))
        return err_set(err, ERR_INPUT,
                       "la geometría no se puede leer: el registro dice qué superficie o longitud "
                       "tiene, y no llega; vuelva a copiar o a exportar la geodatabase");
    if (has_odd_shape(ogr, geometry))
        return err_set(err, ERR_INPUT,
                       "la geometría no se puede leer: el registro tiene una, sin vértices o de un "
                       "tipo que no existe; vuelva a copiar o a exportar la geodatabase");
    return geometry || !ogr->table->has_geometry || !said[0] ||
           err_set(err, ERR_INPUT,
                   "la geometría no se puede leer: el archivo está cortado o dañado; vuelva a "
                   "copiarlo o a exportarlo (GDAL: %s)",
                   said);
}

/* GDAL gives one of the two values. */
static bool has_names_once(const struct source_ogr *ogr, struct err *err)
{
    const struct geometry_claim_list *list = ogr->claims;
    const char *name = list ? value_names_twice(&list->names, ogr->read - 1) : NULL;
    if (list && list->n_values && !name)
        name = value_names_twice(&list->beside, ogr->read - 1);
    return !name || err_set(err, ERR_INPUT,
                            "«%.*s» está dos veces en el registro, y se leería uno de sus valores: "
                            "deje uno",
                            text_cut(name, 100), name);
}

static bool is_record(const struct source_ogr *ogr, struct err *err)
{
    const char *why = geometry_claims_refusal(ogr->claims, ogr->read - 1);
    return !why || err_set(err, ERR_INPUT, "%s", why);
}

static bool is_kml(const struct source_ogr *ogr)
{
    return strcmp(ogr->driver, "LIBKML") == 0;
}

static bool read_beside(struct source_ogr *ogr, OGRFeatureH feature, struct err *err)
{
    struct source_cell *cells = ogr->cells + ogr->table->n_columns - ogr->beside.n;
    if (ogr->beside.n == 0)
        return true;
    memset(cells, 0, ogr->beside.n * sizeof *cells);
    return is_kml(ogr) ? source_beside_read_kml(ogr->claims, ogr->read - 1, ogr->row, cells, err)
                       : source_beside_read(&ogr->beside, gdal->OGR_F_GetNativeData(feature),
                                            ogr->row, cells, err);
}

static bool read_feature(struct source_ogr *ogr, OGRFeatureH feature, struct source_raw *raw,
                         struct err *err)
{
    char said[256] = "";
    if (gdal->CPLGetLastErrorType() >= CE_Failure)
        snprintf(said, sizeof said, "%s", gdal->CPLGetLastErrorMsg());
    raw->geometry = gdal->OGR_F_StealGeometry(feature);
    raw->empty = geometry_claims_empty(ogr->claims, ogr->read - 1);
    raw->line = ogr->read;
    raw->cells = ogr->cells;
    return read_cells(ogr, feature, err) && is_record(ogr, err) && read_beside(ogr, feature, err) &&
           has_names_once(ogr, err) &&
           (!ogr->checked ||
            has_all_geometry(ogr, gdal->OGR_F_GetFID(feature), raw->geometry, said, err));
}

/* How many records the file says that it has; -1: not known. Counts of most formats are not their
 * own word, or include deleted rows. */
static int64_t records_said(const struct source_ogr *ogr)
{
    if (strcmp(ogr->driver, "FlatGeobuf") == 0)
        return ogr->table->count;
    return geometry_claims_records(ogr->claims);
}

/* A FlatGeobuf that is cut between two records ends without an error; so does a sequence of GeoJSON
 * at a line that GDAL does not know, or after its first document. */
static bool is_complete(const struct source_ogr *ogr, struct err *err)
{
    int64_t count = records_said(ogr);
    return count <= 0 || ogr->read >= count ||
           err_set(err, ERR_INPUT,
                   "el archivo está cortado o dañado: dice tener %lld registros y se leen %lld; "
                   "vuelva a copiarlo o a exportarlo",
                   (long long)count, (long long)ogr->read);
}

/* Blanks of every width are no value. */
static bool is_blank(const struct source_ogr *ogr, const struct source_raw *raw)
{
    for (size_t i = 0; i < ogr->table->n_columns; i++)
        if (ogr->cells[i].text && !text_is_blank(ogr->cells[i].text))
            return false;
    return !raw->geometry || gdal->OGR_G_IsEmpty(raw->geometry);
}

/* The next record, also a blank one. */
static bool next_record(struct source_ogr *ogr, struct source_raw *raw, bool *more, struct err *err)
{
    gdal->CPLErrorReset();
    *raw = (struct source_raw){0};
    arena_reset(ogr->row);
    OGRFeatureH feature = next_feature(ogr);
    *more = feature != NULL;
    if (feature) {
        ogr->read++;
        bool ok = read_feature(ogr, feature, raw, err);
        gdal->OGR_F_Destroy(feature);
        return ok;
    }
    if (gdal_ran_out_of_memory())
        return err_no_memory(err);
    if (gdal->CPLGetLastErrorType() >= CE_Failure)
        return err_set(err, ERR_INPUT,
                       "%s %lld: no se puede leer: el archivo está cortado o dañado ahí; vuelva a "
                       "copiarlo o a exportarlo (GDAL: %s)",
                       ogr->table->place, (long long)ogr->read + 1, gdal->CPLGetLastErrorMsg());
    return is_complete(ogr, err);
}

bool source_ogr_next(struct source_ogr *ogr, struct source_raw *raw, bool *more, struct err *err)
{
    for (;;) {
        bool ok = next_record(ogr, raw, more, err);
        bool picture = *more && geometry_claims_is_picture(ogr->claims, ogr->read - 1);
        if (!*more || (!picture && (!ok || !is_blank(ogr, raw))))
            return ok;
        ogr->blank += !picture;
        if (raw->geometry)
            gdal->OGR_G_DestroyGeometry(raw->geometry);
    }
}
