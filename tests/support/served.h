/* served.h - cmocka fixtures with the snapshot of a world (world.h) in memory, for
 * tests of what is drawn or sent of it. Include it in one place a program, and hand
 * one of the set-ups with served_close() to cmocka_run_group_tests().
 */
#ifndef TESTS_SUPPORT_SERVED_H
#define TESTS_SUPPORT_SERVED_H

#include "layers/snapshot/snapshot.h"
#include "tests/support/world.h"

static struct world world;
static struct snapshot *snapshot;
static bool served_official_there;

static inline int served_open(const char *boundaries)
{
    struct err err = {0};
    served_official_there = boundaries != NULL;
    if (!world_open(&world, boundaries))
        return -1;
    snapshot = snapshot_build(world.store, NULL, &err);
    if (!snapshot)
        print_error("%s\n", err.message);
    return snapshot ? 0 : -1;
}

/* The embedded boundaries. */
static inline int served_embedded(void **state)
{
    (void)state;
    return served_open(NULL);
}

/* The official boundaries where they are, else the embedded ones. */
static inline int served_official(void **state)
{
    char path[512];
    (void)state;
    return served_open(world_official(path, sizeof path));
}

/* For a test whose outcome depends on which they are. */
static inline void served_note(void)
{
    if (!served_official_there)
        print_message("the embedded boundaries stand in for the official ones\n");
}

static inline int served_close(void **state)
{
    (void)state;
    snapshot_unref(snapshot);
    world_close(&world);
    return 0;
}

#endif
