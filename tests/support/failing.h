/* failing.h - a test program whose Nth allocation fails: malloc() and realloc() of the
 * whole process, its libraries' too, count from 1.
 *
 * Threads: any. A sanitizer has an allocator of its own: FAILING_WORKS is not defined
 * then, and nothing fails. Include it in the test's own .c alone.
 */
#ifndef TESTS_SUPPORT_FAILING_H
#define TESTS_SUPPORT_FAILING_H

#include <stdatomic.h>
#include <stddef.h>

static atomic_size_t allocations __attribute__((unused)); /* so far; set it to 0 */
static atomic_size_t failing
    __attribute__((unused)); /* number of the allocation that fails; 0: none */

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define FAILING_WORKS 1
/* glibc's functions, which those below replace. */
extern void *__libc_malloc(size_t size);
extern void *__libc_realloc(void *old, size_t size);

void *malloc(size_t size)
{
    return atomic_fetch_add(&allocations, 1) + 1 == failing ? NULL : __libc_malloc(size);
}

void *realloc(void *old, size_t size)
{
    return atomic_fetch_add(&allocations, 1) + 1 == failing ? NULL : __libc_realloc(old, size);
}
#endif

#endif
