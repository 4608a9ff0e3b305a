/* http_crowd PORT SECONDS KIND=N[:PATH]...: many clients of 127.0.0.1:PORT at once.
 *
 *   idle=N           connects and says nothing
 *   dribble=N        sends a head, a byte each 5 s
 *   busy=N:PATH      asks again as soon as it is answered, on one connection
 *   reader=N:PATH    asks for something large and reads a byte each 3 s; "%d" in PATH is
 *                    the client's number
 *   probe=MS:PATH    each MS milliseconds a fresh connection, whose time is measured
 *
 * Each kind has addresses of its own in 127.0.0.0/8, some 250 clients to one. At the end
 * a line a kind: "KIND open=N refused=N answers=N bad=N p50=MS p99=MS max=MS". */
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum kind { IDLE, DRIBBLE, BUSY, READER, PROBE, KINDS };
static const char *const names[] = {"idle", "dribble", "busy", "reader", "probe"};

enum { GROUPS_MAX = 16, PER_ADDRESS = 250, DRIBBLE_MS = 5000, READ_MS = 3000, PROBES_MAX = 100000 };

struct group {
    enum kind kind;
    int n;
    const char *path;
    long open, refused, answers, bad;
    double *times_ms;
    size_t n_times;
    pthread_t thread;
    int number;
};

struct client {
    struct group *group;
    int fd, number;
    bool connected, in_body;
    size_t head_len;
    long left; /* of the body */
    char head[2048];
};

static int port;
static double ends_ms;

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int open_socket(const struct group *group, int number, bool wait)
{
    struct sockaddr_in from = {.sin_family = AF_INET}, to = {.sin_family = AF_INET};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | (wait ? 0 : SOCK_NONBLOCK), 0);
    int on = 1, small = 2048;
    from.sin_addr.s_addr = htonl(0x7F000000u + ((unsigned)group->number + 1) * 65536u +
                                 (unsigned)(number / PER_ADDRESS) * 256u + 1);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    to.sin_port = htons((uint16_t)port);
    if (fd < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    if (group->kind == READER)
        setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    if (bind(fd, (struct sockaddr *)&from, sizeof from) != 0 ||
        (connect(fd, (struct sockaddr *)&to, sizeof to) != 0 && errno != EINPROGRESS)) {
        close(fd);
        return -1;
    }
    return fd;
}

static void say(int fd, const char *text, size_t len)
{
    if (send(fd, text, len, MSG_NOSIGNAL) < 0)
        return; /* noticed when it is read */
}

static void ask(struct client *client, bool keep)
{
    char request[512], path[256];
    const char *mark = strstr(client->group->path, "%d");
    if (mark)
        snprintf(path, sizeof path, "%.*s%d%s", (int)(mark - client->group->path),
                 client->group->path, client->number, mark + 2);
    else
        snprintf(path, sizeof path, "%s", client->group->path);
    int len = snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: a\r\n%s\r\n", path,
                       keep ? "" : "Connection: close\r\n");
    say(client->fd, request, (size_t)len);
}

/* ---- probes ----------------------------------------------------------------------- */

static bool probe_once(struct group *group, double *took_ms)
{
    static const int limit_ms = 5000;
    char answer[65536];
    double began = now_ms();
    size_t all = 0;
    bool right = false;
    struct client client = {.group = group, .fd = open_socket(group, 0, true)};
    if (client.fd < 0)
        return false;
    ask(&client, false);
    for (;;) {
        struct pollfd ready = {.fd = client.fd, .events = POLLIN};
        if (poll(&ready, 1, limit_ms) <= 0)
            break;
        ssize_t n = read(client.fd, answer, sizeof answer);
        if (n <= 0)
            break;
        if (all == 0)
            right = n > 12 && memcmp(answer, "HTTP/1.1 200", 12) == 0;
        all += (size_t)n;
    }
    close(client.fd);
    *took_ms = now_ms() - began;
    return right;
}

static void *probe(void *arg)
{
    struct group *group = arg;
    while (now_ms() < ends_ms && group->n_times < PROBES_MAX) {
        double took = 0;
        if (probe_once(group, &took)) {
            group->answers++;
            group->times_ms[group->n_times++] = took;
        } else {
            group->bad++;
        }
        usleep((useconds_t)group->n * 1000);
    }
    return NULL;
}

/* ---- the others ------------------------------------------------------------------- */

static void drop(struct client *client, bool refused)
{
    close(client->fd);
    client->fd = -1;
    client->group->open--;
    client->group->refused += refused;
}

/* Keeps an answer's head until it is complete; of the body only the length. */
static void take(struct client *client, const char *data, size_t len)
{
    while (len > 0) {
        if (client->in_body) {
            size_t part = (long)len < client->left ? len : (size_t)client->left;
            client->left -= (long)part;
            data += part;
            len -= part;
            if (client->left == 0) {
                client->in_body = false;
                client->head_len = 0;
                client->group->answers++;
                ask(client, true);
            }
            continue;
        }
        if (client->head_len + 1 >= sizeof client->head) {
            client->group->bad++;
            client->head_len = 0;
        }
        client->head[client->head_len++] = *data++;
        client->head[client->head_len] = '\0';
        len--;
        if (client->head_len < 4 || memcmp(client->head + client->head_len - 4, "\r\n\r\n", 4) != 0)
            continue;
        const char *length = strcasestr(client->head, "Content-Length: ");
        client->group->bad += memcmp(client->head, "HTTP/1.1 200", 12) != 0;
        client->left = length ? strtol(length + 16, NULL, 10) : 0;
        client->in_body = true;
    }
}

static void serve(struct client *client)
{
    char data[65536];
    for (;;) {
        /* A slow reader reads when its time comes, not when data arrive. */
        ssize_t n = client->group->kind == READER ? recv(client->fd, data, 1, MSG_PEEK)
                                                  : read(client->fd, data, sizeof data);
        if (n == 0 || (n < 0 && errno != EAGAIN)) {
            drop(client, true);
            return;
        }
        if (n < 0 || client->group->kind != BUSY)
            return;
        take(client, data, (size_t)n);
        if (n < (ssize_t)sizeof data)
            return;
    }
}

static void begin(struct client *client)
{
    client->connected = true;
    if (client->group->kind == BUSY || client->group->kind == READER)
        ask(client, true);
    else if (client->group->kind == DRIBBLE)
        say(client->fd, "GET /health HTTP/1.1\r\nHost: a\r\nX-A: ", 36);
}

static void tick(struct client *client, enum kind kind)
{
    char byte;
    if (client->fd < 0 || !client->connected || client->group->kind != kind)
        return;
    if (kind == DRIBBLE)
        say(client->fd, "a", 1);
    else if (recv(client->fd, &byte, 1, 0) == 0)
        drop(client, true);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void report(struct group *group)
{
    printf("%s open=%ld refused=%ld answers=%ld bad=%ld", names[group->kind], group->open,
           group->refused, group->answers, group->bad);
    if (group->n_times) {
        qsort(group->times_ms, group->n_times, sizeof(double), by_size);
        printf(" p50=%.1f p99=%.1f max=%.1f", group->times_ms[group->n_times / 2],
               group->times_ms[group->n_times * 99 / 100], group->times_ms[group->n_times - 1]);
    }
    printf("\n");
}

static bool read_group(char *word, struct group *group)
{
    char *equals = strchr(word, '='), *colon = equals ? strchr(equals, ':') : NULL;
    if (!equals)
        return false;
    *equals = '\0';
    group->kind = IDLE;
    while (group->kind < KINDS && strcmp(names[group->kind], word) != 0)
        group->kind++;
    group->n = atoi(equals + 1);
    group->path = colon ? colon + 1 : "/health";
    return group->kind < KINDS;
}

static void raise_files(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

static void connect_all(struct group *group, struct client *clients, int epoll)
{
    for (int i = 0; i < group->n; i++) {
        struct client *client = &clients[i];
        client->group = group;
        client->number = i;
        client->fd = open_socket(group, i, false);
        if (client->fd < 0) {
            group->bad++;
            continue;
        }
        group->open++;
        struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = client};
        epoll_ctl(epoll, EPOLL_CTL_ADD, client->fd, &event);
        if (i % 100 == 99)
            usleep(2000); /* not faster than the server accepts them */
    }
}

static void run(struct client *clients, size_t n, int epoll)
{
    double dribbled = now_ms(), read_at = now_ms();
    while (now_ms() < ends_ms) {
        struct epoll_event events[512];
        int ready = epoll_wait(epoll, events, 512, 100);
        for (int i = 0; i < ready; i++) {
            struct client *client = events[i].data.ptr;
            if (client->fd >= 0 && !client->connected && events[i].events & EPOLLOUT)
                begin(client);
            if (client->fd >= 0 && events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR))
                serve(client);
        }
        if (now_ms() - dribbled > DRIBBLE_MS) {
            dribbled = now_ms();
            for (size_t i = 0; i < n; i++)
                tick(&clients[i], DRIBBLE);
        }
        if (now_ms() - read_at > READ_MS) {
            read_at = now_ms();
            for (size_t i = 0; i < n; i++)
                tick(&clients[i], READER);
        }
    }
}

int main(int argc, char **argv)
{
    static struct group groups[GROUPS_MAX];
    size_t n = 0, at = 0;
    int n_groups = argc - 3, epoll = epoll_create1(EPOLL_CLOEXEC);
    if (n_groups < 1 || n_groups > GROUPS_MAX || epoll < 0)
        return 2;
    port = atoi(argv[1]);
    ends_ms = now_ms() + atof(argv[2]) * 1e3;
    raise_files();
    for (int i = 0; i < n_groups; i++) {
        groups[i].number = i;
        if (!read_group(argv[i + 3], &groups[i]))
            return 2;
        n += groups[i].kind == PROBE ? 0 : (size_t)groups[i].n;
    }
    struct client *clients = calloc(n + 1, sizeof *clients);
    for (int i = 0; clients && i < n_groups; i++)
        if (groups[i].kind == PROBE) {
            groups[i].times_ms = calloc(PROBES_MAX, sizeof(double));
            if (!groups[i].times_ms ||
                pthread_create(&groups[i].thread, NULL, probe, &groups[i]) != 0)
                return 1;
        } else {
            connect_all(&groups[i], clients + at, epoll);
            at += (size_t)groups[i].n;
        }
    if (!clients)
        return 1;
    run(clients, n, epoll);
    for (int i = 0; i < n_groups; i++) {
        if (groups[i].kind == PROBE)
            pthread_join(groups[i].thread, NULL);
        report(&groups[i]);
        free(groups[i].times_ms);
    }
    free(clients);
    return 0;
}
