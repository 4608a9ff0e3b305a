/* split_text rows|gdal|time SEPARATOR FILE...: prints the rows of delimited texts as lines of JSON,
 * split by us or by GDAL, and "." after each file; or the processor time of both. An empty
 * SEPARATOR is to be found. For comparing with other tools. */
#include <fcntl.h>
#include <gdal.h>
#include <ogr_api.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "geo/sheets/delimited.h"

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void put_value(struct buf *out, size_t column, const char *value)
{
    buf_putc(out, column ? ',' : '[');
    buf_put_json(out, value ? value : "");
}

static void print_row(struct buf *out)
{
    printf("%s]\n", out->data);
    buf_clear(out);
}

/* The number of values. */
static size_t split_ours(const char *path, char separator, bool print)
{
    struct err err = {0};
    struct delimited_options options = {.limits = &geo_source_usual_limits, .separator = separator};
    struct stat about;
    int file = open(path, O_RDONLY);
    if (file < 0 || fstat(file, &about) != 0)
        exit(2);
    void *bytes = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    struct delimited *text = delimited_new(bytes, (size_t)about.st_size, &options, &err);
    struct source_cells row;
    struct buf out;
    buf_init(&out);
    size_t values = 0;
    for (bool more = text; more;) {
        if (!delimited_next(text, &row, &more, &err) && print)
            printf("!%s\n", err.message);
        else if (more && print) {
            for (size_t c = 0; c < row.n; c++)
                put_value(&out, c, row.cells[c].text);
            print_row(&out);
        }
        values += row.n;
    }
    buf_free(&out);
    if (!text)
        fprintf(stderr, "%s\n", err.message);
    delimited_free(text);
    munmap(bytes, (size_t)about.st_size);
    close(file);
    return values;
}

static size_t split_gdal(const char *path, bool print)
{
    OGRRegisterAll();
    GDALDatasetH file = GDALOpenEx(path, GDAL_OF_VECTOR, NULL, NULL, NULL);
    OGRLayerH layer = file ? GDALDatasetGetLayer(file, 0) : NULL;
    size_t values = 0;
    struct buf out;
    buf_init(&out);
    for (OGRFeatureH row; layer && (row = OGR_L_GetNextFeature(layer)); OGR_F_Destroy(row)) {
        int n = OGR_F_GetFieldCount(row);
        for (int c = 0; c < n; c++) {
            const char *value = OGR_F_GetFieldAsString(row, c);
            if (print)
                put_value(&out, (size_t)c, value);
        }
        if (print)
            print_row(&out);
        values += (size_t)n;
    }
    buf_free(&out);
    if (file)
        GDALClose(file);
    return values;
}

static void tell_time(const char *path, char separator)
{
    double start = now_s();
    size_t ours = split_ours(path, separator, false);
    double middle = now_s();
    size_t theirs = split_gdal(path, false);
    printf("%zu values in %.3f s, GDAL: %zu in %.3f s\n", ours, middle - start, theirs,
           now_s() - middle);
}

int main(int argc, char **argv)
{
    if (argc < 4)
        return 2;
    char separator = argv[2][0];
    for (int i = 3; i < argc; i++) {
        if (strcmp(argv[1], "rows") == 0)
            split_ours(argv[i], separator, true);
        else if (strcmp(argv[1], "gdal") == 0)
            split_gdal(argv[i], true);
        else
            tell_time(argv[i], separator);
        puts(".");
    }
    return 0;
}
