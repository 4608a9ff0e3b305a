/* geometry_claims.c - holds the geometries of GDAL against what the file says of them. */
#include "geo/claims/geometry_claims.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/text.h"
#include "geo/claims/geometry_claims_internal.h"
#include "geo/files/gdal_internal.h"

static size_t read_file(void *arg, char *bytes, size_t size)
{
    return gdal->VSIFReadL(bytes, 1, size, arg);
}

/* GDAL reads as many records of a MapInfo file as its .mif has objects, without a word about other
 * rows of the .mid. */
static bool check_mid(const char *mif, int64_t objects, struct err *err)
{
    static const char *const extensions[] = {".mid", ".MID"};
    VSILFILE *file = NULL;
    for (size_t i = 0; !file && i < 2; i++) {
        char *name = NULL;
        if (asprintf(&name, "%.*s%s", (int)strlen(mif) - 4, mif, extensions[i]) < 0)
            return err_no_memory(err);
        file = gdal->VSIFOpenL(name, "rb");
        free(name);
    }
    if (!file)
        return true;
    int64_t rows = geometry_claims_mid(read_file, file);
    gdal->VSIFCloseL(file);
    return rows == objects ||
           err_set(err, ERR_INPUT,
                   "el .mif tiene %lld objetos y el .mid %lld filas: no son de una misma vez, o "
                   "están cortados; pídalos de nuevo",
                   (long long)objects, (long long)rows);
}

static bool read_mif(const char *path, VSILFILE *file, struct err *err)
{
    int64_t objects;
    return geometry_claims_mif(read_file, file, &objects, err) && check_mid(path, objects, err);
}

static bool read_text(const char *path, const char *format, struct geometry_claims *claims,
                      struct err *err)
{
    VSILFILE *file = gdal->VSIFOpenL(path, "rb");
    if (!file)
        return err_set(err, ERR_INPUT, "no se puede leer el archivo");
    bool ok = strcmp(format, "MapInfo") == 0 ? read_mif(path, file, err)
              : strcmp(format, "GeoJSON") == 0
                  ? geometry_claims_json(read_file, file, claims, err)
                  : geometry_claims_xml(read_file, file, format, claims, err);
    gdal->VSIFCloseL(file);
    return ok;
}

static bool read_tables(const char *path, const struct source_format *format,
                        struct geometry_claims *claims, struct err *err)
{
    const char *name;
    struct table_layer *table;
    claims->tables = table_geometries_open(path, format->drivers, err);
    if (!claims->tables)
        return false;
    for (int i = 0; (table = table_geometries_layer(claims->tables, i, &name)); i++) {
        struct geometry_claim_list *list = geometry_claims_list(claims, name, strlen(name), err);
        if (!list)
            return false;
        list->table = table;
    }
    return true;
}

static bool read_shape(const char *path, struct geometry_claims *claims, struct err *err)
{
    struct geometry_claim_list *list = geometry_claims_list(claims, NULL, 0, err);
    return list && (list->shape = shape_records_open(path, err));
}

/* A service gives its records by pages; saved, one of them looks like all. */
static void note_page(struct geometry_claims *claims)
{
    const struct geometry_claims_page *page = &claims->page;
    int64_t returned = page->returned;
    for (size_t i = 0; page->returned == 0 && i < claims->n; i++)
        returned += (int64_t)claims->lists[i].n;
    if (!page->next && !page->cut && page->matched <= returned)
        return;
    buf_puts(&claims->note, claims->note.len ? "; " : "");
    if (page->matched > returned)
        buf_printf(&claims->note,
                   "es una página de un servicio, con %lld de sus %lld registros: pida las otras%s",
                   (long long)returned, (long long)page->matched,
                   page->next ? " (enlace «next»)" : "");
    else
        buf_printf(&claims->note,
                   "es una página de un servicio, que tiene más registros: pida las otras%s",
                   page->next ? " (enlace «next»)" : "");
}

bool geometry_claims_read(const char *path, const struct source_format *format,
                          struct geometry_claims *claims, struct err *err)
{
    static const char *const texts[] = {"GeoJSON", "KML", "GPX", "GML"};
    *claims = (struct geometry_claims){0};
    buf_init(&claims->note);
    bool ok = true;
    for (size_t i = 0; format && i < sizeof texts / sizeof *texts; i++)
        if (strcmp(format->name, texts[i]) == 0)
            ok = read_text(path, texts[i], claims, err);
    if (format && source_has_extension(path, ".mif"))
        ok = read_text(path, "MapInfo", claims, err);
    if (format && source_has_extension(path, ".shp"))
        ok = read_shape(path, claims, err);
    if (format && format->inside == INSIDE_SQLITE)
        ok = read_tables(path, format, claims, err);
    if (ok)
        note_page(claims);
    if (ok && buf_failed(&claims->note))
        ok = err_no_memory(err);
    if (!ok)
        geometry_claims_free(claims);
    return ok;
}

void geometry_claims_free(struct geometry_claims *claims)
{
    for (size_t i = 0; i < claims->n; i++) {
        struct geometry_claim_list *list = &claims->lists[i];
        for (size_t k = 0; k < list->n_faults; k++)
            free(list->faults[k].why);
        free(list->faults);
        free(list->claims);
        free(list->layer);
        for (size_t k = 0; k < list->n_refused; k++)
            free(list->refused[k].why);
        free(list->refused);
        value_names_free(&list->names);
        value_names_free(&list->beside);
        for (size_t k = 0; k < list->n_values; k++)
            free(list->values[k].text);
        free(list->values);
        shape_records_close(list->shape);
    }
    for (size_t i = 0; i < claims->n_links; i++)
        free(claims->links[i]);
    table_geometries_close(claims->tables);
    value_names_free(&claims->shown);
    free(claims->links);
    free(claims->lists);
    buf_free(&claims->note);
    *claims = (struct geometry_claims){0};
}

/* Of a layer without records. */
static const struct geometry_claim_list no_records;

static bool is_asked_by_record(const struct geometry_claim_list *list)
{
    return list->shape || list->table;
}

int64_t geometry_claims_records(const struct geometry_claim_list *list)
{
    return list && !is_asked_by_record(list) ? (int64_t)list->n : -1;
}

static const struct geometry_claim_list *find_list(const struct geometry_claims *claims,
                                                   const struct geometry_claims_layer *layer)
{
    size_t at = claims->first + layer->index;
    if (claims->in_order)
        return at < claims->n ? &claims->lists[at] : NULL;
    const struct geometry_claim_list *unnamed = NULL;
    for (size_t i = 0; i < claims->n; i++) {
        const struct geometry_claim_list *list = &claims->lists[i];
        if (!list->layer)
            unnamed = list;
        else if (strcmp(list->layer, layer->name) == 0)
            return list;
    }
    if (claims->tables) /* one without geometries */
        return NULL;
    return unnamed ? unnamed : &no_records;
}

bool geometry_claims_match(const struct geometry_claims *claims,
                           const struct geometry_claims_layer *layer,
                           const struct geometry_claim_list **list, struct err *err)
{
    *list = NULL;
    if (claims->n == 0)
        return true;
    *list = find_list(claims, layer);
    int64_t n = geometry_claims_records(*list);
    return n < 0 || layer->records < 0 || n == layer->records ||
           err_set(
               err, ERR_INPUT,
               "registros de la capa «%.*s»: %lld en el archivo, y se leerían %lld; alguno está "
               "fuera de su lugar (suelto, dentro de otro, o en una capa de otro nombre): "
               "ábralo en QGIS, revise que estén todos y guárdelo como GeoPackage",
               text_cut(layer->name, 100), layer->name, (long long)n, (long long)layer->records);
}

static int by_record(const void *key, const void *fault)
{
    size_t a = *(const size_t *)key, b = ((const struct geometry_fault *)fault)->record;
    return a < b ? -1 : a > b;
}

static const char elsewhere[] =
    "dice que está en otro sistema de coordenadas (srs_id) que su capa; pásela al de la capa";
static const char damaged[] = "el registro tiene una, que está dañada; vuelva a exportarlo";

/* What the lists say of a record; came as in geometry_claims_allow(). */
static enum geometry_claim claim_of(const struct geometry_claim_list *list, int64_t record,
                                    bool came, char why[160])
{
    if (list->shape)
        return came ? GEOMETRY_THERE : shape_records_claim(list->shape, record, why);
    size_t at = (size_t)record;
    if (record < 0 || at >= list->n) {
        snprintf(why, 160, "no se halla en el archivo; ábralo en QGIS y guárdelo como GeoPackage");
        return GEOMETRY_FAULTY;
    }
    enum geometry_claim claim = list->claims[at];
    if (claim == GEOMETRY_FAULTY) {
        struct geometry_fault *fault =
            bsearch(&at, list->faults, list->n_faults, sizeof *list->faults, by_record);
        snprintf(why, 160, "%s", fault ? fault->why : "");
    }
    return claim;
}

bool geometry_claims_allow(const struct geometry_claim_list *list, int64_t record, int64_t id,
                           bool came, struct err *err)
{
    char why[160] = "";
    bool faulty = false;
    if (!list)
        return true;
    if (list->table && came) {
        if (!table_geometries_elsewhere(list->table, id, &faulty, err))
            return false;
        snprintf(why, sizeof why, "%s", elsewhere);
    } else if (list->table) {
        if (!came && !table_geometries_faulty(list->table, id, &faulty, err))
            return false;
        snprintf(why, sizeof why, "%s", damaged);
    } else {
        enum geometry_claim claim = claim_of(list, record, came, why);
        faulty = claim == GEOMETRY_FAULTY || (claim == GEOMETRY_THERE && !came);
        if (claim == GEOMETRY_THERE)
            snprintf(why, sizeof why, "%s", damaged);
    }
    return !faulty || err_set(err, ERR_INPUT, "la geometría no se puede leer: %s", why);
}

bool geometry_claims_empty(const struct geometry_claim_list *list, int64_t record)
{
    return record >= 0 && record < geometry_claims_records(list) &&
           list->claims[record] == GEOMETRY_EMPTY;
}

bool geometry_claims_is_picture(const struct geometry_claim_list *list, int64_t record)
{
    return list && record >= 0 && record < (int64_t)list->n &&
           list->claims[record] == GEOMETRY_PICTURE;
}

const struct beside_value *geometry_claims_beside(const struct geometry_claim_list *list,
                                                  int64_t record, size_t *n)
{
    size_t low = 0, high = list->n_values;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if ((int64_t)list->values[mid].record < record)
            low = mid + 1;
        else
            high = mid;
    }
    for (*n = 0; low + *n < list->n_values && (int64_t)list->values[low + *n].record == record;)
        ++*n;
    return *n ? list->values + low : NULL;
}

static int by_refused(const void *key, const void *refusal)
{
    size_t a = *(const size_t *)key, b = ((const struct record_refusal *)refusal)->record;
    return a < b ? -1 : a > b;
}

const char *geometry_claims_refusal(const struct geometry_claim_list *list, int64_t record)
{
    size_t at = (size_t)record;
    const struct record_refusal *found =
        list && list->n_refused && record >= 0
            ? bsearch(&at, list->refused, list->n_refused, sizeof *list->refused, by_refused)
            : NULL;
    return found ? found->why : NULL;
}
