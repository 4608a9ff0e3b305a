/* sanitized.h - BUILT_SANITIZED: true in a build for a sanitizer, which needs more memory
 * and other system calls. */
#ifndef GEO_BASE_SANITIZED_H
#define GEO_BASE_SANITIZED_H

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { BUILT_SANITIZED = 1 };
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
enum { BUILT_SANITIZED = 1 };
#else
enum { BUILT_SANITIZED = 0 };
#endif
#else
enum { BUILT_SANITIZED = 0 };
#endif

#endif
