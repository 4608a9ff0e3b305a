/* gdal.c - loads GDAL at the first use, and fills the table of its functions. */
#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

#include "geo/files/gdal_internal.h"

#define GDAL_NAME(name) #name,
static const char *const names[] = {GDAL_FUNCTIONS(GDAL_NAME)};
enum { N_FUNCTIONS = sizeof names / sizeof *names };

static union {
    struct gdal functions;
    void *addresses[N_FUNCTIONS]; /* in the order of names */
} table;
_Static_assert(sizeof GDAL_LIBRARY > 1, "the Makefile found no libgdal.so");
_Static_assert(sizeof table == sizeof table.addresses, "a pointer to a function is an address");

const struct gdal *gdal;
static struct err failure;

/* GDAL_LIBRARY, from the Makefile, is the name under which the linker found the library:
 * exactly the version of the headers. Its symbols stay private (RTLD_LOCAL). A missing
 * function is noticed here, not in the middle of an import. */
static void load(void)
{
    void *library = dlopen(GDAL_LIBRARY, RTLD_NOW | RTLD_LOCAL);
    bool ok = library != NULL;
    for (int i = 0; ok && i < N_FUNCTIONS; i++) {
        table.addresses[i] = dlsym(library, names[i]);
        ok = table.addresses[i] != NULL;
    }
    if (ok) {
        gdal = &table.functions;
        gdal->GDALAllRegister();
        return;
    }
    const char *why = dlerror();
    err_set(
        &failure, ERR_SETUP,
        "no se pudo cargar GDAL, con que se importa y se exporta (%s): instálelo (en Debian, el "
        "paquete libgdal-dev) y, si cambió de versión, compile sigg de nuevo (make clean build)",
        why ? why : GDAL_LIBRARY);
    if (library)
        dlclose(library);
}

bool gdal_load(struct err *err)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    if (!gdal && err)
        *err = failure;
    return gdal != NULL;
}

bool gdal_ran_out_of_memory(void)
{
    const char *said = gdal->CPLGetLastErrorMsg();
    return gdal->CPLGetLastErrorNo() == CPLE_OutOfMemory || strcasestr(said, "out of memory") ||
           strcasestr(said, "cannot allocate");
}
