/* fuzz_archive.c - any bytes as a half-made archive of tiles.
 * The next run continues it, starts anew or refuses it; an archive that it finishes is a
 * whole file. The first byte chooses MBTiles or PMTiles. */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "layers/archive/archive.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char folder[] = "/tmp/sigg-fuzz-archive-XXXXXX";

static void at(char to[128], const char *name, const char *tail)
{
    snprintf(to, 128, "%s/%s%s", folder, name, tail);
}

static void remove_all(void)
{
    static const char *const names[] = {"a.mbtiles", "a.pmtiles"};
    static const char *const tails[] = {"", ".parcial", ".parcial-wal", ".parcial-shm",
                                        ".parcial-journal"};
    char path[128];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        for (size_t t = 0; t < sizeof tails / sizeof *tails; t++) {
            at(path, names[i], tails[t]);
            unlink(path);
        }
}

static void finish(void)
{
    remove_all();
    rmdir(folder);
}

static bool draw(void *arg, struct archive_address tile, struct buf *out, struct err *err)
{
    (void)arg;
    (void)err;
    buf_printf(out, "square %u", (tile.x + tile.y) % 2);
    return true;
}

/* Writes a half-made archive with the same options, so that the run continues it; the
 * corpus starts from such files. */
static bool write_archive(const char *path, struct archive_report *report, struct err *err)
{
    const struct archive_options options = {
        .path = path,
        .area = {0, 2, {-180, -85, 180, 85}},
        .name = "n",
        .description = "d",
        .attribution = "a",
        .version = "1",
        .threads = 1,
        .tile = draw,
    };
    return archive_write(&options, report, err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bool begun;
    struct archive_report report;
    struct err err = {0};
    char path[128], partial[128];
    if (size < 1)
        return 0;
    if (!begun) {
        if (!mkdtemp(folder))
            abort();
        atexit(finish);
        begun = true;
    }
    const char *name = data[0] & 1 ? "a.pmtiles" : "a.mbtiles";
    at(path, name, "");
    at(partial, name, ".parcial");
    int file = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0 || write(file, data + 1, size - 1) != (ssize_t)(size - 1))
        abort();
    close(file);
    bool ok = write_archive(path, &report, &err);
    if (ok ? access(path, F_OK) != 0 : !err.message[0])
        abort();
    remove_all();
    return 0;
}
