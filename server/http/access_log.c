/* access_log.c - formats a request as one line of the access log. */
#include "server/http/access_log.h"

#include <string.h>

/* A target has up to 8192 bytes, each of them %XX. */
enum { LINE_MAX_BYTES = 8 * 1024 };

struct access_log_line {
    char text[LINE_MAX_BYTES];
    size_t len;
};

static void put(struct access_log_line *to, const char *text)
{
    size_t len = strlen(text);
    if (len > sizeof to->text - to->len)
        len = sizeof to->text - to->len;
    memcpy(to->text + to->len, text, len);
    to->len += len;
}

static void put_number(struct access_log_line *to, unsigned long long number)
{
    char digits[24], *at = digits + sizeof digits - 1;
    *at = '\0';
    do
        *--at = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    put(to, at);
}

/* Bytes that would break the line, or be invisible on a terminal, are %-encoded. */
static void put_shown(struct access_log_line *to, const char *text)
{
    static const char hex[] = "0123456789ABCDEF";
    for (const char *end = text + ACCESS_SHOWN_MAX; text < end && *text; text++) {
        unsigned char c = (unsigned char)*text;
        char plain[2] = {(char)c, '\0'}, coded[4] = {'%', hex[c >> 4], hex[c & 15], '\0'};
        put(to, c <= ' ' || c >= 0x7F || c == '"' || c == '\\' ? coded : plain);
    }
}

void access_log(struct log_ring *log, struct access_clock *clock, const struct access_line *line)
{
    struct timespec now;
    struct access_log_line to;
    to.len = 0;
    clock_gettime(CLOCK_REALTIME, &now);
    if (now.tv_sec != clock->second) {
        struct tm utc;
        gmtime_r(&now.tv_sec, &utc);
        strftime(clock->text, sizeof clock->text, "%Y-%m-%dT%H:%M:%S.", &utc);
        clock->second = now.tv_sec;
    }
    int ms = (int)(now.tv_nsec / 1000000);
    const char thousandths[] = {
        (char)('0' + ms / 100), (char)('0' + ms / 10 % 10), (char)('0' + ms % 10), 'Z', ' ', '\0'};
    put(&to, clock->text);
    put(&to, thousandths);
    put(&to, line->remote);
    put(&to, " ");
    put_shown(&to, line->method);
    put(&to, " ");
    put_shown(&to, line->target);
    put(&to, " ");
    put_number(&to, (unsigned)line->status);
    put(&to, " ");
    put_number(&to, line->bytes);
    put(&to, " ");
    put_number(&to, line->us > 0 ? (unsigned long long)line->us : 0);
    put(&to, "us ");
    put(&to, line->id);
    put(&to, line->whole ? "\n" : " cut\n");
    log_ring_put(log, to.text, to.len);
}
