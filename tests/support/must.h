/* must.h - fails the test with the message of an error. Include it after cmocka.h. */
#ifndef TESTS_SUPPORT_MUST_H
#define TESTS_SUPPORT_MUST_H

#include "geo/base/err.h"

static inline void must(bool ok, const struct err *err)
{
    if (!ok)
        fail_msg("%s", err->message);
}

#endif
