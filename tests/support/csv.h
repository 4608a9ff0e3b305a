/* csv.h - lines of simple CSV for tests. Include it in one place a program. */
#ifndef TESTS_SUPPORT_CSV_H
#define TESTS_SUPPORT_CSV_H

#include <string.h>

/* Cuts a line of CSV without line breaks inside fields into at most n fields,
 * in place; quotes are taken off. */
static size_t csv_cut(char *line, char **fields, size_t n)
{
    size_t count = 0;
    line[strcspn(line, "\r\n")] = '\0';
    for (size_t i = 0; i < n; i++)
        fields[i] = line + strlen(line); /* a missing field is empty */
    for (char *at = line; at && count < n;) {
        if (*at == '"') {
            char *to = ++at;
            fields[count++] = to;
            for (; *at && !(*at == '"' && at[1] != '"'); at++) {
                if (*at == '"')
                    at++;
                *to++ = *at;
            }
            at += *at == '"';
            bool more = *at == ',';
            *to = '\0';
            at = more ? at + 1 : NULL;
        } else {
            fields[count++] = at;
            at = strchr(at, ',');
            if (at)
                *at++ = '\0';
        }
    }
    return count;
}

#endif
