/* folder.h - new files, put in their place whole and safe on the disk.
 *
 * A file is made in a folder of its own beside its place, «.sigg-HASH-XXXXXX»,
 * which nobody else may enter: a link planted under a guessed name is never met,
 * whichever library writes the file and whatever it writes beside it. Then the file
 * is fsynced, renamed to its place, and the folder fsynced: only then may it be told
 * that it is there. A process that dies leaves its folder; the next one that makes
 * the same file removes it, unless its maker still lives (it holds a lock).
 *
 * Owns:    struct folder_draft, from begin to publish or drop; the caller's.
 * Threads: any; a draft belongs to one.
 * Errors:  ERR_INPUT: the place cannot be written to. ERR_MEMORY.
 */
#ifndef GEO_BASE_FOLDER_H
#define GEO_BASE_FOLDER_H

#include <stddef.h>

#include "geo/base/err.h"

/* The folder of `path` is there and may be written into. Asked before long work, so
 * that the answer names the folder, and not the library that tripped over it. */
bool folder_takes(const char *path, struct err *err);

/* A terminal, a pipe, /dev/null, and what /dev/stdout stands for. */
bool folder_is_device(const char *path);

/* A file is there whole or not at all. What was there is replaced; a link that was
 * there is replaced itself, not what it points at. Devices and pipes (/dev/stdout)
 * are written to as they are. */
bool folder_write(const char *path, const void *bytes, size_t len, struct err *err);

/* A file in the making. */
struct folder_draft {
    char *path;   /* its place */
    char *making; /* where to write it: the same name, in a folder of its own */
    char *folder; /* that folder */
    int lock;     /* held while the maker lives */
};

/* Nothing is there yet at draft->making. */
bool folder_draft_begin(struct folder_draft *draft, const char *path, struct err *err);
/* Takes the draft to its place; with `replace` false, ERR_INPUT where something is
 * there already, else a device or pipe there is written to. Whatever happens the draft
 * is gone afterwards. */
bool folder_draft_publish(struct folder_draft *draft, bool replace, struct err *err);
/* Removes what was made. A draft of zeroes is fine. */
void folder_draft_drop(struct folder_draft *draft);

/* The path with every link of its folder followed, and none at its end; the caller
 * frees it. NULL: no such folder, or memory. */
char *folder_resolve(const char *path);

/* A regular file that is nobody else's by another name, or nothing at all,
 * or what unlink() does not remove. Else it is a link that somebody put there. */
bool folder_is_own_file(const char *path);

/* Removes a file that need not be there. */
void folder_remove(const char *path);
/* Gives a file another name in a folder that takes it, both on the disk afterwards.
 * Never replaces one. */
bool folder_move(const char *from, const char *to, struct err *err);
/* What was created, renamed or removed in the folder of `path` is so on the disk. */
bool folder_sync(const char *path, struct err *err);

#endif
