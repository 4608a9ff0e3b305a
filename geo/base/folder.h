/* folder.h - writes new files so that they appear complete, and are safe on the disk.
 *
 * A file is written in a temporary folder beside its place, «.sigg-HASH-XXXXXX», which
 * only this user may enter. So nobody can plant a link under the name of the file, or
 * under the name of another file that a library creates beside it. Then the file is
 * fsynced and renamed to its place, and the folder is fsynced; only then may success be
 * reported. A process that dies leaves its temporary folder. The next process that writes
 * the same file removes it, unless the first one is alive and holds its lock.
 *
 * Owns:    struct folder_draft, from begin to publish or drop; the caller's.
 * Threads: any; a draft belongs to one.
 * Errors:  ERR_INPUT: the place cannot be written to. ERR_MEMORY.
 */
#ifndef GEO_BASE_FOLDER_H
#define GEO_BASE_FOLDER_H

#include <stddef.h>

#include "geo/base/err.h"

/* True if the folder of `path` exists and can be written to. To be called before long
 * work, so that the error names the folder instead of coming from some library. */
bool folder_takes(const char *path, struct err *err);

/* True for a terminal, a pipe, /dev/null, and what /dev/stdout stands for. */
bool folder_is_device(const char *path);

/* True if both paths lead to one file that exists, also by links. */
bool folder_is_same(const char *a, const char *b);

/* Writes a file: afterwards the whole file is there, or what was there before. A link at
 * `path` is replaced itself, not what it points at. Devices and pipes (/dev/stdout) are
 * written to directly. */
bool folder_write(const char *path, const void *bytes, size_t len, struct err *err);

/* A file that is being written. */
struct folder_draft {
    char *path;   /* the final path */
    char *making; /* where to write it: the same file name, in the temporary folder */
    char *folder; /* the temporary folder */
    int lock;     /* descriptor; locked while this process lives */
};

/* Creates the temporary folder. The caller then creates draft->making. */
bool folder_draft_begin(struct folder_draft *draft, const char *path, struct err *err);
/* Moves the file to its place. With `replace` false: ERR_INPUT if something is there. With
 * `replace` a device or pipe there is written to. The draft is released in any case. */
bool folder_draft_publish(struct folder_draft *draft, bool replace, struct err *err);
/* Deletes the temporary folder. A zeroed draft is fine. */
void folder_draft_drop(struct folder_draft *draft);

/* The path with all links of its folder resolved, but not the file itself; the caller
 * frees it. NULL: no such folder, or memory. */
char *folder_resolve(const char *path);

/* True for a regular file with one hard link, for a missing file, and for what unlink()
 * cannot remove. Else it is a link that somebody put there. */
bool folder_is_own_file(const char *path);

/* Removes a file if it is there. */
void folder_remove(const char *path);
/* Renames a file, also to another folder, and fsyncs. Never replaces a file. */
bool folder_move(const char *from, const char *to, struct err *err);
/* fsyncs the folder of `path`: files created, renamed or removed in it stay so after a
 * crash. */
bool folder_sync(const char *path, struct err *err);

#endif
