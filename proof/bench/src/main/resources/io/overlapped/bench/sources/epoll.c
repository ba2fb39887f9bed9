/* A server on epoll: one thread, level-triggered, one buffer for all connections. */
#define _GNU_SOURCE
#include "peer.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/epoll.h>

struct connection {
    int fd;
    int named;      /* fan: whether it has said what it is */
    int index;      /* fan: its place among the subscribers */
    long received;  /* sink */
    long sent;      /* source */
    unsigned char *rest; /* echo: what the socket did not take yet */
    int rest_length;
};

static enum mode mode;
static int epoll;
static unsigned char buffer[BUFFER];
static struct connection **subscribers;
static int subscriber_count, subscriber_room;

static void watch(struct connection *c, int events, int how) {
    struct epoll_event event = {.events = (uint32_t)events, .data.ptr = c};
    if (epoll_ctl(epoll, how, c->fd, &event) < 0) {
        fail("epoll_ctl");
    }
}

static void end(struct connection *c) {
    if (mode == MODE_FAN && c->index >= 0) {
        subscribers[c->index] = subscribers[--subscriber_count];
        subscribers[c->index]->index = c->index;
    }
    close(c->fd);
    free(c->rest);
    free(c);
}

/* How many bytes the socket took; -1 when the connection is over. */
static int send_some(struct connection *c, const unsigned char *bytes, int length) {
    ssize_t n = send(c->fd, bytes, (size_t)length, 0);
    return n >= 0 ? (int)n : errno == EAGAIN ? 0 : -1;
}

static void send_all(struct connection *c, const unsigned char *bytes, int length) {
    while (length > 0) {
        int n = send_some(c, bytes, length);
        if (n < 0) {
            return;
        }
        bytes += n;
        length -= n;
    }
}

static int echo(struct connection *c, int length) {
    int n = send_some(c, buffer, length);
    if (n < 0) {
        return -1;
    }
    if (n < length) {
        c->rest_length = length - n;
        c->rest = malloc((size_t)c->rest_length);
        memcpy(c->rest, buffer + n, (size_t)c->rest_length);
        watch(c, EPOLLOUT, EPOLL_CTL_MOD);
    }
    return 0;
}

static int flush_rest(struct connection *c) {
    int n = send_some(c, c->rest, c->rest_length);
    if (n < 0) {
        return -1;
    }
    c->rest_length -= n;
    memmove(c->rest, c->rest + n, (size_t)c->rest_length);
    if (c->rest_length == 0) {
        free(c->rest);
        c->rest = NULL;
        watch(c, EPOLLIN, EPOLL_CTL_MOD);
    }
    return 0;
}

static void subscribe(struct connection *c) {
    if (subscriber_count == subscriber_room) {
        subscriber_room = subscriber_room * 2 + 64;
        subscribers = realloc(subscribers, (size_t)subscriber_room * sizeof *subscribers);
    }
    c->index = subscriber_count;
    subscribers[subscriber_count++] = c;
}

static void fan(struct connection *c, int length) {
    if (!c->named) {
        c->named = 1;
        if (buffer[0] == 'S') {
            subscribe(c);
        }
        send_all(c, buffer, 1);
        return;
    }
    for (int i = 0; i < subscriber_count; i++) {
        send_all(subscribers[i], buffer, length);
    }
}

static int received(struct connection *c, int length) {
    switch (mode) {
        case MODE_ECHO:
            return echo(c, length);
        case MODE_SINK: {
            int mark = mark_in(buffer, c->received, length);
            c->received += length;
            if (mark >= 0) {
                unsigned char byte = (unsigned char)mark;
                send_all(c, &byte, 1);
            }
            return 0;
        }
        case MODE_SOURCE:
            watch(c, EPOLLIN | EPOLLOUT, EPOLL_CTL_MOD);
            return 0;
        default:
            fan(c, length);
            return 0;
    }
}

static int pour(struct connection *c) {
    int from = (int)(c->sent % PERIOD);
    int n = send_some(c, content + from, PERIOD - from);
    c->sent += n;
    return n < 0 ? -1 : 0;
}

static void accept_all(int listener) {
    int fd;
    while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
        struct connection *c = calloc(1, sizeof *c);
        no_delay(fd);
        c->fd = fd;
        c->index = -1;
        watch(c, EPOLLIN, EPOLL_CTL_ADD);
    }
}

static void handle(struct connection *c, uint32_t events) {
    if ((events & (EPOLLHUP | EPOLLERR)) && c->rest != NULL) {
        end(c);
        return;
    }
    if (events & EPOLLOUT) {
        if ((c->rest != NULL ? flush_rest(c) : mode == MODE_SOURCE ? pour(c) : 0) < 0) {
            end(c);
            return;
        }
    }
    if (events & (EPOLLIN | EPOLLHUP | EPOLLERR)) {
        ssize_t n = recv(c->fd, buffer, sizeof buffer, 0);
        if (n == 0 || (n < 0 && errno != EAGAIN)) {
            end(c);
        } else if (n > 0 && received(c, (int)n) < 0) {
            end(c);
        }
    }
}

int main(int argc, char **argv) {
    struct epoll_event events[512];
    struct epoll_event accepting = {.events = EPOLLIN};
    int listener = listen_anywhere();
    mode = mode_of(argc, argv);
    fill_content();
    epoll = epoll_create1(EPOLL_CLOEXEC);
    if (fcntl(listener, F_SETFL, O_NONBLOCK) < 0 || epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &accepting) < 0) {
        fail("epoll");
    }
    ready(port_of(listener));
    for (;;) {
        int n = epoll_wait(epoll, events, 512, -1);
        for (int i = 0; i < n; i++) {
            if (events[i].data.ptr == NULL) {
                accept_all(listener);
            } else {
                handle(events[i].data.ptr, events[i].events);
            }
        }
    }
}
