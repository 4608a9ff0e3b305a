/* ask_tiles (http HOST:PORT TARGET | pg CONNINFO SQL) TILES OUT TIMES ROUNDS:
 * tiles asked for one after the other over one connection, as their users ask:
 * HTTP with keep-alive, or libpq with a prepared statement and binary results.
 * TILES has "z x y" lines; {z}, {x} and {y} stand in TARGET, $1, $2 and $3 in
 * the statement of the file SQL, which gives one bytea. Asked once and then
 * ROUNDS times more; the shortest counts. Of rounds after the first, the first
 * warms up and does not count; ROUNDS 0 is for a server that keeps tiles.
 * Writes the answers to OUT/z-x-y and "z x y ms ms bytes" to TIMES, by the
 * clock; where TIMES is there already, the shorter of both counts. */
#include <float.h>
#include <math.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <libpq-fe.h>

enum { ANSWER_MAX = 16 * 1024 * 1024 };

struct tile {
    int z, x, y;
    double ms;
    size_t bytes;
    char *body; /* of the first answer, until it is saved */
};

/* One answer; `body` is valid until the next one. */
struct asker {
    int socket;
    const char *host, *target;
    char *answer;
    PGconn *connection;
    PGresult *result;
    const char *body;
    size_t len;
};

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec * 1e-6;
}

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "r");
    char *text = calloc(1, 65536);
    if (file && text)
        text[fread(text, 1, 65535, file)] = '\0';
    if (file)
        fclose(file);
    return file ? text : NULL;
}

/* ---- HTTP ---------------------------------------------------------------- */

static bool http_open(struct asker *asker, const char *address)
{
    char host[64];
    const char *colon = strrchr(address, ':');
    struct sockaddr_in to = {.sin_family = AF_INET};
    int on = 1;
    if (!colon || (size_t)(colon - address) >= sizeof host)
        return false;
    memcpy(host, address, (size_t)(colon - address));
    host[colon - address] = '\0';
    to.sin_port = htons((uint16_t)strtoul(colon + 1, NULL, 10));
    asker->host = address;
    asker->answer = malloc(ANSWER_MAX);
    asker->socket = socket(AF_INET, SOCK_STREAM, 0);
    return asker->answer && asker->socket >= 0 && inet_pton(AF_INET, host, &to.sin_addr) == 1 &&
           setsockopt(asker->socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == 0 &&
           connect(asker->socket, (struct sockaddr *)&to, sizeof to) == 0;
}

static const char *field(const char *head, const char *end, const char *name)
{
    size_t len = strlen(name);
    for (const char *at = strstr(head, "\r\n"); at && at < end; at = strstr(at + 2, "\r\n"))
        if (strncasecmp(at + 2, name, len) == 0)
            return at + 2 + len;
    return NULL;
}

static bool http_ask(struct asker *asker, const struct tile *tile)
{
    char request[512], path[256] = "";
    size_t have = 0, need = 0;
    for (const char *at = asker->target; *at;) {
        size_t len = strlen(path);
        int value = at[0] != '{' ? -1 : at[1] == 'z' ? tile->z : at[1] == 'x' ? tile->x : tile->y;
        if (value >= 0)
            at += 3;
        snprintf(path + len, sizeof path - len, value < 0 ? "%c" : "%d", value < 0 ? *at++ : value);
    }
    int n =
        snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: %s\r\n\r\n", path, asker->host);
    if (send(asker->socket, request, (size_t)n, 0) != n)
        return false;
    while (!need || have < need) {
        ssize_t got = recv(asker->socket, asker->answer + have, ANSWER_MAX - 1 - have, 0);
        if (got <= 0)
            return false;
        have += (size_t)got;
        asker->answer[have] = '\0';
        const char *end = need ? NULL : strstr(asker->answer, "\r\n\r\n");
        if (!end)
            continue;
        const char *length = field(asker->answer, end, "Content-Length: ");
        asker->body = end + 4;
        asker->len = length ? strtoul(length, NULL, 10) : 0;
        need = (size_t)(asker->body - asker->answer) + asker->len;
    }
    return strncmp(asker->answer, "HTTP/1.1 200", 12) == 0 ||
           strncmp(asker->answer, "HTTP/1.1 204", 12) == 0;
}

/* ---- PostgreSQL ---------------------------------------------------------- */

static bool pg_open(struct asker *asker, const char *conninfo, const char *path)
{
    static const Oid types[3] = {23, 23, 23}; /* int4 */
    char *sql = read_file(path);
    asker->connection = PQconnectdb(conninfo);
    bool ok = sql && PQstatus(asker->connection) == CONNECTION_OK;
    PGresult *result = ok ? PQprepare(asker->connection, "tile", sql, 3, types) : NULL;
    ok = result && PQresultStatus(result) == PGRES_COMMAND_OK;
    if (!ok)
        fprintf(stderr, "%s", PQerrorMessage(asker->connection));
    PQclear(result);
    free(sql);
    return ok;
}

static bool pg_ask(struct asker *asker, const struct tile *tile)
{
    const uint32_t numbers[3] = {htonl((uint32_t)tile->z), htonl((uint32_t)tile->x),
                                 htonl((uint32_t)tile->y)};
    const char *const values[3] = {(const char *)&numbers[0], (const char *)&numbers[1],
                                   (const char *)&numbers[2]};
    static const int lengths[3] = {4, 4, 4}, binary[3] = {1, 1, 1};
    PQclear(asker->result);
    asker->result = PQexecPrepared(asker->connection, "tile", 3, values, lengths, binary, 1);
    if (PQresultStatus(asker->result) != PGRES_TUPLES_OK || PQntuples(asker->result) != 1) {
        fprintf(stderr, "%s", PQerrorMessage(asker->connection));
        return false;
    }
    asker->body = PQgetvalue(asker->result, 0, 0);
    asker->len = (size_t)PQgetlength(asker->result, 0, 0);
    return true;
}

/* ---- tiles --------------------------------------------------------------- */

static struct tile *read_tiles(const char *path, size_t *n)
{
    FILE *file = fopen(path, "r");
    struct tile *tiles = NULL, tile = {.ms = DBL_MAX};
    for (*n = 0; file && fscanf(file, "%d %d %d", &tile.z, &tile.x, &tile.y) == 3; (*n)++) {
        if (*n % 1024 == 0)
            tiles = realloc(tiles, (*n + 1024) * sizeof *tiles);
        if (!tiles)
            break;
        tiles[*n] = tile;
    }
    if (file)
        fclose(file);
    return tiles;
}

/* Written at the end: between two questions the server would fall asleep. */
static bool write_answers(struct tile *tiles, size_t n, const char *folder)
{
    char path[4096];
    bool ok = true;
    for (size_t i = 0; i < n && ok; i++) {
        snprintf(path, sizeof path, "%s/%d-%d-%d", folder, tiles[i].z, tiles[i].x, tiles[i].y);
        FILE *file = fopen(path, "wb");
        ok = file && fwrite(tiles[i].body, 1, tiles[i].bytes, file) == tiles[i].bytes;
        ok = file && fclose(file) == 0 && ok;
        free(tiles[i].body);
        tiles[i].body = NULL;
    }
    return ok;
}

static bool ask_all(struct asker *asker, struct tile *tiles, size_t n, bool keep, bool counts)
{
    for (size_t i = 0; i < n; i++) {
        double started = now_ms();
        bool ok = asker->connection ? pg_ask(asker, &tiles[i]) : http_ask(asker, &tiles[i]);
        double ms = now_ms() - started;
        if (!ok || (keep && !(tiles[i].body = malloc(asker->len + 1))))
            return false;
        tiles[i].bytes = asker->len;
        if (keep)
            memcpy(tiles[i].body, asker->body, asker->len);
        if (counts)
            tiles[i].ms = fmin(tiles[i].ms, ms);
    }
    return true;
}

static void take_shorter(const char *path, struct tile *tiles, size_t n)
{
    FILE *file = fopen(path, "r");
    struct tile was;
    double ms;
    for (size_t i = 0; file && i < n; i++)
        if (fscanf(file, "%d %d %d %lf %lf %zu", &was.z, &was.x, &was.y, &was.ms, &ms,
                   &was.bytes) == 6)
            tiles[i].ms = fmin(tiles[i].ms, was.ms);
    if (file)
        fclose(file);
}

static bool write_times(const char *path, const struct tile *tiles, size_t n)
{
    FILE *file = fopen(path, "w");
    for (size_t i = 0; file && i < n; i++)
        fprintf(file, "%d %d %d %.6f %.6f %zu\n", tiles[i].z, tiles[i].x, tiles[i].y, tiles[i].ms,
                tiles[i].ms, tiles[i].bytes);
    return file && fclose(file) == 0;
}

int main(int argc, char **argv)
{
    struct asker asker = {.socket = -1};
    size_t n = 0;
    if (argc != 8) {
        fprintf(stderr, "usage: ask_tiles (http HOST:PORT TARGET | pg CONNINFO SQL) TILES OUT "
                        "TIMES ROUNDS\n");
        return 2;
    }
    long rounds = strtol(argv[7], NULL, 10);
    struct tile *tiles = read_tiles(argv[4], &n);
    asker.target = argv[3];
    bool ok = n > 0 && (strcmp(argv[1], "pg") == 0 ? pg_open(&asker, argv[2], argv[3])
                                                   : http_open(&asker, argv[2]));
    ok = ok && ask_all(&asker, tiles, n, true, rounds == 0) && write_answers(tiles, n, argv[5]);
    for (long round = 0; round < rounds && ok; round++)
        ok = ask_all(&asker, tiles, n, false, true);
    if (ok)
        take_shorter(argv[6], tiles, n);
    ok = ok && write_times(argv[6], tiles, n);
    if (!ok)
        fprintf(stderr, "ask_tiles: %s %s did not answer\n", argv[1], argv[2]);
    PQclear(asker.result);
    if (asker.connection)
        PQfinish(asker.connection);
    if (asker.socket >= 0)
        close(asker.socket);
    free(asker.answer);
    free(tiles);
    return ok ? 0 : 1;
}
