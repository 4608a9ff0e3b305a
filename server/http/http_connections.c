/* http_connections.c - the table of open connections, by socket number; limits. */
#include "server/http/http_connections.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>

enum {
    BUCKETS = 4096,
    KEY_BYTES = 8, /* an IPv4 address, or the first half of an IPv6 address */
    CHUNK = 256,   /* connections visited without releasing the lock */
    SHUT_AT_ONCE = 32,
    /* Connections of one address with the urgent worker: this many that ask for /metrics
     * without a pause delay another by some milliseconds. */
    URGENT_EACH = 4,
};

struct http_address {
    struct http_address *next;
    unsigned char key[KEY_BYTES];
    bool v6;
    size_t open; /* connections that are not shut down */
    size_t held; /* also those that are; freed after the last */
    size_t urgent;
};

struct http_connections {
    struct http_connections_limits limits;
    pthread_mutex_t lock; /* protects all below */
    struct http_connection **table;
    size_t top; /* all fds are below */
    size_t open, handed;
    uint32_t numbers;
    struct http_address *buckets[BUCKETS];
};

int64_t http_now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

struct http_connections *http_connections_new(const struct http_connections_limits *limits)
{
    struct http_connections *all = calloc(1, sizeof *all);
    if (!all)
        return NULL;
    all->limits = *limits;
    all->table = calloc(limits->files, sizeof(struct http_connection *));
    if (!all->table) {
        free(all);
        return NULL;
    }
    pthread_mutex_init(&all->lock, NULL);
    return all;
}

static void free_connection(struct http_connection *connection)
{
    free(connection->local);
    free(connection);
}

void http_connections_free(struct http_connections *all)
{
    if (!all)
        return;
    for (size_t fd = 0; fd < all->top; fd++)
        if (all->table[fd])
            free_connection(all->table[fd]);
    for (size_t i = 0; i < BUCKETS; i++)
        for (struct http_address *at = all->buckets[i], *next; at; at = next) {
            next = at->next;
            free(at);
        }
    pthread_mutex_destroy(&all->lock);
    free(all->table);
    free(all);
}

/* ---- addresses ----------------------------------------------------------------- */

/* The key of a client: an IPv6 /64, or an IPv4 address, also if written as IPv6. */
static void make_key(const struct sockaddr_storage *peer, unsigned char key[KEY_BYTES], bool *v6)
{
    memset(key, 0, KEY_BYTES);
    *v6 = false;
    if (peer->ss_family == AF_INET) {
        memcpy(key, &((const struct sockaddr_in *)(const void *)peer)->sin_addr, 4);
    } else if (peer->ss_family == AF_INET6) {
        const struct in6_addr *address =
            &((const struct sockaddr_in6 *)(const void *)peer)->sin6_addr;
        if (IN6_IS_ADDR_V4MAPPED(address)) {
            memcpy(key, address->s6_addr + 12, 4);
        } else {
            memcpy(key, address, KEY_BYTES);
            *v6 = true;
        }
    }
}

static void name_client(const struct sockaddr_storage *peer, char client[INET6_ADDRSTRLEN])
{
    memcpy(client, "-", 2);
    if (peer->ss_family == AF_INET) {
        inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)peer)->sin_addr, client,
                  INET6_ADDRSTRLEN);
    } else if (peer->ss_family == AF_INET6) {
        const struct in6_addr *address =
            &((const struct sockaddr_in6 *)(const void *)peer)->sin6_addr;
        if (IN6_IS_ADDR_V4MAPPED(address))
            inet_ntop(AF_INET, address->s6_addr + 12, client, INET6_ADDRSTRLEN);
        else
            inet_ntop(AF_INET6, address, client, INET6_ADDRSTRLEN);
    }
}

static struct http_address **find_address(struct http_connections *all,
                                          const unsigned char key[KEY_BYTES], bool v6)
{
    uint64_t hash;
    memcpy(&hash, key, sizeof hash);
    hash = (hash ^ v6) * UINT64_C(0x9E3779B97F4A7C15);
    struct http_address **at = &all->buckets[hash >> 52];
    while (*at && ((*at)->v6 != v6 || memcmp((*at)->key, key, KEY_BYTES) != 0))
        at = &(*at)->next;
    return at;
}
_Static_assert(BUCKETS == 1 << 12, "the hash's upper bits are the bucket");

static struct http_address *take_address(struct http_connections *all,
                                         const struct sockaddr_storage *peer)
{
    unsigned char key[KEY_BYTES];
    bool v6;
    make_key(peer, key, &v6);
    struct http_address **at = find_address(all, key, v6);
    if (!*at) {
        *at = calloc(1, sizeof **at);
        if (!*at)
            return NULL;
        memcpy((*at)->key, key, KEY_BYTES);
        (*at)->v6 = v6;
    }
    return *at;
}

static void drop_address(struct http_connections *all, const struct http_connection *connection)
{
    struct http_address *address = connection->address;
    address->urgent -= connection->urgent;
    if (--address->held)
        return;
    struct http_address **at = find_address(all, address->key, address->v6);
    *at = address->next;
    free(address);
}

/* ---- connections --------------------------------------------------------------- */

static void count_out(struct http_connections *all, const struct http_connection *connection)
{
    connection->address->open--;
    all->open--;
    all->handed -= connection->handed;
}

void http_connections_shut(struct http_connections *all, struct http_connection *connection)
{
    if (connection->closing)
        return;
    connection->closing = true;
    count_out(all, connection);
    shutdown(connection->fd, SHUT_RDWR); /* its owner notices the end and closes it */
}

static bool has_input(const struct http_connection *connection)
{
    int bytes = 0;
    return ioctl(connection->fd, FIONREAD, &bytes) == 0 && bytes > 0;
}

struct idle {
    const struct http_address *address; /* NULL: any */
    bool waiting;                       /* also those of the acceptor */
    size_t n;
    struct http_connection *list[SHUT_AT_ONCE]; /* the oldest first */
    int64_t since[SHUT_AT_ONCE];
};

static void look_for_idle(struct idle *idle, struct http_connection *connection)
{
    int state = atomic_load_explicit(&connection->state, memory_order_relaxed);
    if (connection->closing || (state != HTTP_IDLE && !(idle->waiting && state == HTTP_WAITING)) ||
        (idle->address && connection->address != idle->address))
        return;
    int64_t since = state == HTTP_IDLE
                        ? atomic_load_explicit(&connection->idle_ms, memory_order_relaxed)
                        : connection->accepted_ms;
    size_t at = idle->n;
    if (at == SHUT_AT_ONCE && since >= idle->since[at - 1])
        return;
    if (state == HTTP_IDLE && has_input(connection))
        return; /* its worker has not seen it yet */
    at = idle->n < SHUT_AT_ONCE ? idle->n++ : at - 1;
    for (; at > 0 && idle->since[at - 1] > since; at--) {
        idle->since[at] = idle->since[at - 1];
        idle->list[at] = idle->list[at - 1];
    }
    idle->since[at] = since;
    idle->list[at] = connection;
}

/* The table is locked. */
static size_t shut_idle(struct http_connections *all, const struct http_address *address,
                        bool waiting, const struct http_connection *but)
{
    struct idle idle = {.address = address, .waiting = waiting};
    for (size_t fd = 0; fd < all->top; fd++)
        if (all->table[fd] && all->table[fd] != but)
            look_for_idle(&idle, all->table[fd]);
    for (size_t i = 0; i < idle.n; i++)
        http_connections_shut(all, idle.list[i]);
    return idle.n;
}

size_t http_connections_shut_idle(struct http_connections *all, bool waiting)
{
    pthread_mutex_lock(&all->lock);
    size_t n = shut_idle(all, NULL, waiting, NULL);
    pthread_mutex_unlock(&all->lock);
    return n;
}

bool http_connections_fit(struct http_connections *all, const struct http_connection *added,
                          bool limited)
{
    const struct http_address *address = added->address;
    bool fits = true;
    pthread_mutex_lock(&all->lock);
    /* First those of the same address, if it has too many. A few at a time, because
     * searching costs more than shutting down. */
    if (limited && all->limits.per_address && address->open > all->limits.per_address)
        fits = shut_idle(all, address, true, added) > 0;
    if (fits && all->open > all->limits.open)
        fits = shut_idle(all, NULL, true, added) > 0;
    pthread_mutex_unlock(&all->lock);
    return fits;
}

struct http_connection *http_connections_add(struct http_connections *all, int fd,
                                             const struct sockaddr_storage *peer, socklen_t len)
{
    struct http_connection *connection = calloc(1, sizeof *connection);
    if (!connection || (size_t)fd >= all->limits.files) {
        free(connection);
        return NULL;
    }
    connection->fd = fd;
    memcpy(&connection->peer, peer, sizeof *peer);
    connection->peer_len = len;
    connection->accepted_ms = connection->window_ms = http_now_ms();
    atomic_init(&connection->state, HTTP_WAITING);
    budget_start(&connection->budget, 0);
    name_client(peer, connection->client);
    pthread_mutex_lock(&all->lock);
    struct http_connection *stale = all->table[fd]; /* closed without our notice */
    if (stale && !stale->closing)
        count_out(all, stale);
    connection->address = take_address(all, peer);
    if (connection->address) {
        connection->number = ++all->numbers;
        connection->address->open++;
        connection->address->held++;
        all->open++;
        all->table[fd] = connection;
        if ((size_t)fd >= all->top)
            all->top = (size_t)fd + 1;
    }
    if (stale)
        drop_address(all, stale);
    pthread_mutex_unlock(&all->lock);
    if (stale)
        free_connection(stale);
    if (connection->address)
        return connection;
    free(connection);
    return NULL;
}

void http_connections_remove(struct http_connections *all, struct http_connection *connection)
{
    pthread_mutex_lock(&all->lock);
    all->table[connection->fd] = NULL;
    if (!connection->closing)
        count_out(all, connection);
    drop_address(all, connection);
    pthread_mutex_unlock(&all->lock);
    free_connection(connection);
}

struct http_connection *http_connections_at(struct http_connections *all, int fd)
{
    pthread_mutex_lock(&all->lock);
    struct http_connection *connection = (size_t)fd < all->top ? all->table[fd] : NULL;
    pthread_mutex_unlock(&all->lock);
    return connection;
}

void http_connections_each(struct http_connections *all, http_connections_look_fn *look, void *arg)
{
    for (size_t fd = 0;;) {
        pthread_mutex_lock(&all->lock);
        for (size_t end = fd + CHUNK; fd < end && fd < all->top; fd++)
            if (all->table[fd])
                look(arg, all->table[fd]);
        bool more = fd < all->top;
        pthread_mutex_unlock(&all->lock);
        if (!more)
            return;
    }
}

void http_connections_shut_one(struct http_connections *all, int fd, uint32_t number)
{
    pthread_mutex_lock(&all->lock);
    struct http_connection *connection = (size_t)fd < all->top ? all->table[fd] : NULL;
    if (connection && connection->number == number)
        http_connections_shut(all, connection);
    pthread_mutex_unlock(&all->lock);
}

bool http_connections_take_urgent(struct http_connections *all, struct http_connection *connection)
{
    pthread_mutex_lock(&all->lock);
    connection->urgent = connection->address->urgent < URGENT_EACH;
    connection->address->urgent += connection->urgent;
    bool taken = connection->urgent;
    pthread_mutex_unlock(&all->lock);
    return taken;
}

void http_connections_hand(struct http_connections *all, struct http_connection *connection)
{
    pthread_mutex_lock(&all->lock);
    connection->handed = true;
    all->handed += !connection->closing;
    pthread_mutex_unlock(&all->lock);
}

size_t http_connections_handed(struct http_connections *all)
{
    pthread_mutex_lock(&all->lock);
    size_t handed = all->handed;
    pthread_mutex_unlock(&all->lock);
    return handed;
}

size_t http_connections_open(struct http_connections *all)
{
    pthread_mutex_lock(&all->lock);
    size_t open = all->open;
    pthread_mutex_unlock(&all->lock);
    return open;
}

static void count_state(void *arg, struct http_connection *connection)
{
    ((size_t *)arg)[atomic_load_explicit(&connection->state, memory_order_relaxed)]++;
}

void http_connections_count(struct http_connections *all, size_t counts[HTTP_STATES])
{
    memset(counts, 0, HTTP_STATES * sizeof *counts);
    http_connections_each(all, count_state, counts);
}
