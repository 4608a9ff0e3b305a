/* scratch.h - a folder of the test program's own, with all that is written there. Include it
 * in one place a program. */
#ifndef TESTS_SUPPORT_SCRATCH_H
#define TESTS_SUPPORT_SCRATCH_H

#include <stdio.h>
#include <stdlib.h>

static char scratch[] = "/tmp/sigg-test-XXXXXX";

/* A path in the folder; good until the fourth call after. */
static char *at(const char *name)
{
    static char paths[4][400];
    static int turn;
    turn = (turn + 1) % 4;
    snprintf(paths[turn], sizeof paths[turn], "%s/%s", scratch, name);
    return paths[turn];
}

/* For cmocka_run_group_tests(). */
static int scratch_make(void **state)
{
    (void)state;
    return mkdtemp(scratch) ? 0 : -1;
}

static int scratch_remove(void **state)
{
    char command[64];
    (void)state;
    snprintf(command, sizeof command, "rm -rf %s", scratch);
    return system(command);
}

#endif
