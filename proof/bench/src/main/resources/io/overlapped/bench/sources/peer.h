/* What the peers in C and C++ share: modes, content, the socket that listens, and their end. */
#ifndef PEER_H
#define PEER_H

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum mode { MODE_ECHO, MODE_SINK, MODE_SOURCE, MODE_FAN };

enum {
    PERIOD = 65521,     /* bytes after which the content repeats */
    MARK = 1 << 20,     /* a sink answers the last byte of every such piece */
    BACKLOG = 4096,
    BUFFER = 65536
};

static unsigned char content[PERIOD];

static inline void fill_content(void) {
    for (int i = 0; i < PERIOD; i++) {
        content[i] = (unsigned char)(i * 167 + (i >> 8) * 13);
    }
}

static inline void fail(const char *what) {
    perror(what);
    exit(1);
}

static inline enum mode mode_of(int argc, char **argv) {
    static const char *names[] = {"echo", "sink", "source", "fan"};
    for (int i = 0; argc == 2 && i < 4; i++) {
        if (strcmp(argv[1], names[i]) == 0) {
            return (enum mode)i;
        }
    }
    fprintf(stderr, "usage: %s echo|sink|source|fan\n", argv[0]);
    exit(2);
}

static inline int listen_anywhere(void) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in address;
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof address) < 0 || listen(fd, BACKLOG) < 0) {
        fail("listen");
    }
    return fd;
}

static inline int port_of(int fd) {
    struct sockaddr_in address;
    socklen_t length = sizeof address;
    if (getsockname(fd, (struct sockaddr *)&address, &length) < 0) {
        fail("getsockname");
    }
    return ntohs(address.sin_port);
}

/* Ends the process when its input ends, so that it never outlives who started it. */
static void *end_with_input(void *unused) {
    char byte;
    while (read(0, &byte, 1) > 0) {
    }
    _exit(0);
    return unused;
}

static inline void ready(int port) {
    pthread_t thread;
    signal(SIGPIPE, SIG_IGN);
    if (pthread_create(&thread, NULL, end_with_input, NULL) != 0) {
        fail("pthread_create");
    }
    printf("listening %d\n", port);
    fflush(stdout);
}

static inline void no_delay(int fd) {
    int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

/* The byte a sink has to answer when `count` bytes follow `received` ones; -1 if none. */
static inline int mark_in(const unsigned char *bytes, long received, int count) {
    long next = (received / MARK + 1) * MARK;
    return received + count >= next ? bytes[next - 1 - received] : -1;
}

#endif
