/* import_known.c - the fingerprint of a source, with all that decides how it is read. */
#include "geo/import/import_known.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include "geo/base/version.h"
#include "geo/files/source_format.h"

static void add(XXH3_state_t *state, const void *bytes, size_t len)
{
    XXH3_128bits_update(state, &len, sizeof len); /* so that "ab", "c" is not "a", "bc" */
    XXH3_128bits_update(state, bytes, len);
}

static void add_text(XXH3_state_t *state, const char *text)
{
    add(state, text ? text : "", text ? strlen(text) + 1 : 0);
}

static void add_list(XXH3_state_t *state, const char *const *list)
{
    for (; list && *list; list++)
        add_text(state, *list);
    add_text(state, NULL);
}

static void add_number(XXH3_state_t *state, int64_t number)
{
    add(state, &number, sizeof number);
}

/* Another build reads otherwise. */
static void add_program(XXH3_state_t *state)
{
    struct stat program = {0};
    if (stat("/proc/self/exe", &program) != 0)
        program.st_size = 0;
    add_text(state, SIGG_VERSION);
    add_number(state, program.st_size);
    add_number(state, program.st_mtim.tv_sec);
    add_number(state, program.st_mtim.tv_nsec);
}

static void add_options(XXH3_state_t *state, const struct import_run *run)
{
    const struct geo_import_options *options = run->options;
    const char *const texts[] = {
        options->layer,     options->source_layer, options->edition,      options->edition_title,
        options->data_date, options->source_title, run->source_name.data, run->today};
    const int64_t numbers[] = {options->header_line,    options->schematic, options->simulated,
                               options->keep_current,   options->epsg,      options->ignore_unused,
                               options->decimal,        options->replace,   options->skip_invalid,
                               options->clear_geometry, options->link_later};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        add_text(state, texts[i]);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        add_number(state, numbers[i]);
    add_list(state, options->map);
    add_list(state, options->ignore);
    if (options->limits)
        add(state, options->limits, sizeof *options->limits);
}

/* Nothing beside it is read with it. */
static bool stands_alone(const char *path)
{
    static const char *const extensions[] = {".xlsx", ".ods", ".geojson", ".geojsonl", ".json",
                                             ".kmz",  ".gpx", ".fgb",     ".zip",      ".csv",
                                             ".tsv",  ".txt", ".kml",     ".gml",      NULL};
    for (size_t i = 0; extensions[i]; i++)
        if (source_has_extension(path, extensions[i]))
            return true;
    return false;
}

static bool add_file(XXH3_state_t *state, struct import_known *known, const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat file;
    bool ok = fd >= 0 && fstat(fd, &file) == 0 && S_ISREG(file.st_mode);
    char bytes[1 << 16];
    ssize_t n = 0;
    while (ok && (n = read(fd, bytes, sizeof bytes)) > 0)
        XXH3_128bits_update(state, bytes, (size_t)n);
    if (fd >= 0)
        close(fd);
    if (!ok || n < 0)
        return false;
    known->size = file.st_size;
    known->changed_ns = (int64_t)file.st_mtim.tv_sec * 1000000000 + file.st_mtim.tv_nsec;
    return true;
}

void import_known_look(const struct import_run *run, struct import_known *known)
{
    const struct geo_import_options *options = run->options;
    *known = (struct import_known){0};
    if (!options->may_be_known || options->embedded || options->dry_run ||
        options->in_transaction || !stands_alone(options->source))
        return;
    XXH3_state_t *state = XXH3_createState();
    if (!state)
        return;
    XXH3_128bits_reset(state);
    add_program(state);
    add_options(state, run);
    known->possible = add_file(state, known, options->source);
    XXH128_canonical_t sum;
    XXH128_canonicalFromHash(&sum, XXH3_128bits_digest(state));
    _Static_assert(sizeof sum.digest == sizeof known->key.bytes, "a sum of 128 bits");
    memcpy(known->key.bytes, sum.digest, sizeof sum.digest);
    XXH3_freeState(state);
}

bool import_known_find(struct import_run *run, const struct import_known *known, bool *found,
                       struct err *err)
{
    struct store_known stored;
    *found = false;
    if (!known->possible)
        return true;
    if (!store_known_read(run->store, &known->key, &stored, found, err))
        return false;
    if (*found) {
        memcpy(run->summary->known, stored.text, sizeof stored.text);
        memcpy(run->summary->known_date, stored.date, sizeof stored.date);
    }
    return true;
}

static bool is_unchanged(const struct import_run *run, const struct import_known *known)
{
    struct stat file;
    return stat(run->options->source, &file) == 0 && file.st_size == known->size &&
           (int64_t)file.st_mtim.tv_sec * 1000000000 + file.st_mtim.tv_nsec == known->changed_ns;
}

/* Something was said that has to be said again. */
static bool has_words(const struct import_run *run)
{
    const struct geo_import_summary *summary = run->summary;
    bool words = run->n_tables != 1 || run->about.n > 0 || run->findings.len > 0 ||
                 summary->warned + summary->rejected + summary->columns > 0;
    for (size_t t = 0; t < run->n_tables; t++)
        words = words || run->tables[t].about.n > 0;
    return words;
}

bool import_known_keep(struct import_run *run, const struct import_known *known, struct err *err)
{
    struct geo_import_summary again = *run->summary;
    struct buf text;
    if (!known->possible || has_words(run) || !is_unchanged(run, known))
        return true;
    again.unchanged += again.created + again.updated;
    again.created = again.updated = 0;
    buf_init(&text);
    geo_import_describe(run->options, &again, &text);
    bool ok = buf_failed(&text) ? err_no_memory(err)
                                : store_known_keep(run->store, &known->key, text.data, err);
    buf_free(&text);
    return ok;
}
