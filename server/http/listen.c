/* listen.c - parses the address to listen on and opens its socket. */
#include "server/http/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    BACKLOG = 4096, /* limited by the system */
    /* Bytes of an answer that the kernel buffers for a slow client. */
    SEND_BYTES = 256 * 1024,
    UNSENT_BYTES = 64 * 1024,
};

/* "host:port", "[v6]:port" or ":port" into its two parts. */
static bool split_address(const char *address, char host[256], char port[6], struct err *err)
{
    const char *colon = strrchr(address, ':');
    size_t host_len = colon ? (size_t)(colon - address) : 0;
    char *end = NULL;
    unsigned long number = colon ? strtoul(colon + 1, &end, 10) : 0;
    bool digits = colon && strspn(colon + 1, "0123456789") == strlen(colon + 1) && colon[1];
    if (!digits || number > 65535 || host_len >= 256)
        return err_set(err, ERR_USAGE, "--listen: «%s» no es DIRECCIÓN:PUERTO, como 127.0.0.1:8080",
                       address);
    snprintf(port, 6, "%lu", number);
    if (host_len >= 2 && address[0] == '[' && address[host_len - 1] == ']') {
        address++;
        host_len -= 2;
    }
    memcpy(host, address, host_len);
    host[host_len] = '\0';
    return true;
}

/* Limits the send buffer; connections inherit it. */
static void bound_sending(int fd)
{
    const int send = SEND_BYTES, unsent = UNSENT_BYTES;
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &send, sizeof send);
    setsockopt(fd, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &unsent, sizeof unsent);
}

static int bind_first(const char *address, const struct addrinfo *found, struct err *err)
{
    int problem = EADDRNOTAVAIL;
    for (const struct addrinfo *at = found; at; at = at->ai_next) {
        int fd = socket(at->ai_family, at->ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        int on = 1;
        if (fd < 0) {
            problem = errno;
            continue;
        }
        setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        bound_sending(fd);
        if (bind(fd, at->ai_addr, at->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0) {
            return fd;
        }
        problem = errno;
        close(fd);
    }
    err_set(err, ERR_SETUP, "no se puede escuchar en %s: %s", address, err_reason(problem));
    return -1;
}

/* Converts an IPv4-mapped IPv6 address to IPv4. */
static void undress(struct sockaddr_storage *address, socklen_t *len)
{
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)(void *)address;
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    if (address->ss_family != AF_INET6 || !IN6_IS_ADDR_V4MAPPED(&v6->sin6_addr))
        return;
    v4.sin_port = v6->sin6_port;
    memcpy(&v4.sin_addr, v6->sin6_addr.s6_addr + 12, sizeof v4.sin_addr);
    memcpy(address, &v4, sizeof v4);
    *len = sizeof v4;
}

static bool is_everywhere(int fd)
{
    struct sockaddr_storage bound = {0};
    socklen_t len = sizeof bound;
    if (getsockname(fd, (struct sockaddr *)&bound, &len) != 0)
        return false;
    if (bound.ss_family == AF_INET)
        return ((struct sockaddr_in *)(void *)&bound)->sin_addr.s_addr == htonl(INADDR_ANY);
    return IN6_IS_ADDR_UNSPECIFIED(&((struct sockaddr_in6 *)(void *)&bound)->sin6_addr);
}

void listen_name(int fd, char name[LISTEN_NAME_SIZE])
{
    struct sockaddr_storage bound = {0};
    socklen_t len = sizeof bound;
    char host[INET6_ADDRSTRLEN] = "", port[6] = "";
    if (getsockname(fd, (struct sockaddr *)&bound, &len) == 0) {
        undress(&bound, &len);
        getnameinfo((struct sockaddr *)&bound, len, host, sizeof host, port, sizeof port,
                    NI_NUMERICHOST | NI_NUMERICSERV);
    }
    snprintf(name, LISTEN_NAME_SIZE, strchr(host, ':') ? "[%s]:%s" : "%s:%s", host, port);
}

int listen_open(const char *address, char name[LISTEN_NAME_SIZE], bool *everywhere, struct err *err)
{
    char host[256], port[6];
    struct addrinfo *found = NULL;
    const struct addrinfo hints = {.ai_socktype = SOCK_STREAM,
                                   .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
    if (!split_address(address, host, port, err))
        return -1;
    int code = getaddrinfo(host[0] ? host : NULL, port, &hints, &found);
    if (code != 0) {
        err_set(err, ERR_SETUP, "--listen: «%s»: %s", host, gai_strerror(code));
        return -1;
    }
    int fd = bind_first(address, found, err);
    freeaddrinfo(found);
    if (fd >= 0) {
        listen_name(fd, name);
        *everywhere = is_everywhere(fd);
    }
    return fd;
}
