/* import_bar.c - the words of an import's progress bars. */
#include "server/commands/import_bar.h"

static void draw(void *arg, enum geo_import_step step, double done)
{
    static const char *const words[GEO_IMPORT_STEPS] = {
        [GEO_IMPORT_READING] = "leyendo",
        [GEO_IMPORT_CHECKING] = "comprobando",
        [GEO_IMPORT_LINKING] = "enlazando",
        [GEO_IMPORT_WRITING] = "escribiendo",
    };
    print_step(arg, words[step], done);
}

void import_bar_draw(struct print_steps *steps, struct geo_import_options *options)
{
    *steps = (struct print_steps){0};
    options->progress = draw;
    options->progress_arg = steps;
}
