/* cmd_report.c - `sigg report`: PDF reports, the atlas and the workbook. */
#include <string.h>

#include "geo/base/folder.h"
#include "geo/base/parse.h"
#include "layers/report/report.h"
#include "server/command.h"
#include "server/options.h"
#include "server/print.h"
#include "server/version.h"
#include <stdio.h>

static bool run(int argc, char **argv, const char *db_path, struct err *err)
{
    struct report_query q = {.version = SIGG_VERSION};
    struct geo_store *store = geo_store_open(db_path, GEO_STORE_READ, err);
    struct report_data *data = store ? report_data_open(store, &q, err) : NULL;
    struct report_scope scope;
    struct buf out;
    buf_init(&out);
    enum report_kind kind = argv[1][0] == 'n' ? 0 : argv[1][0] == 'd' ? 1 : 2;
    bool ok = data && report_scope_find(data, kind, argc > 3 ? argv[3] : NULL, &scope, err) && report_pdf(data, kind, &scope, &out, err);
    if (ok) { FILE *f = fopen(argv[2], "wb"); fwrite(out.data, 1, out.len, f); fclose(f); }
    report_data_close(data);
    geo_store_close(store);
    buf_free(&out);
    return ok;
}

const struct command cmd_report = {.name = "report", .summary = "x", .help = "x\n", .run = run};
