/* fault_words.h - what the page and the workbook of corrections say in the same words.
 *
 * Threads: any. Errors: the buffer's.
 */
#ifndef LAYERS_REPORT_FAULT_WORDS_H
#define LAYERS_REPORT_FAULT_WORDS_H

#include "geo/faults/fault_report.h"

/* One sentence: what came of the import. */
void fault_put_summary(struct buf *out, const struct fault_report *report);

/* Stands before and after a command in a step. */
#define FAULT_CODE "\x02"

/* What to do now, a step a call; false: there are no more. */
bool fault_put_step(struct buf *out, const struct fault_report *report, size_t step);

/* The message without the name of its field before it, which its column says already. */
const char *fault_said(const struct fault_entry *fault, const char *message);
/* What would be accepted; NULL: nothing is said, or the message has it. */
const char *fault_accepted(const struct fault_entry *fault);
/* A note of the import as a sentence of its own: with a capital. */
void fault_put_note(struct buf *out, const char *note);

/* "1 fila", "12 filas": the plural of a noun that ends in a vowel or in -o. */
void fault_put_count(struct buf *out, int64_t n, const char *one, const char *many);

#endif
