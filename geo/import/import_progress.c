/* import_progress.c - tells how far an import has come. */
#include "geo/import/import_run.h"

void import_progress(const struct import_run *run, enum geo_import_step step, double done)
{
    if (run->options->progress)
        run->options->progress(run->options->progress_arg, step, done);
}

void import_linked(void *arg, double done)
{
    import_progress(arg, GEO_IMPORT_LINKING, done);
}
