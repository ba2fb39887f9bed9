/*
 * A server on io_uring: one thread, multishot accept and receive into a ring of provided buffers,
 * one send in flight a connection, straight from the buffer that was received into.
 */
#define _GNU_SOURCE
#include "peer.h"

#include <sys/mman.h>

#if __has_include(<liburing.h>)
#include <liburing.h>
#else
#include "rawring.h"
#endif

enum { ENTRIES = 1024, COMPLETIONS = 32768, BUFFERS = 128, PIECE = 65536, FDS = 20001 };
enum kind { ACCEPT, RECEIVE, SEND };

/* What waits to be sent on a connection: a received buffer, or bytes of our own (buffer -1). */
struct piece {
    const unsigned char *bytes;
    int length, buffer, next;
};

struct connection {
    int open, named, ended, armed, sending;
    int head, tail; /* pieces */
    int index;
    long received, sent;
};

static enum mode mode;
static struct io_uring ring;
static struct io_uring_buf_ring *buffers;
static unsigned char *memory;
static int borrowers[BUFFERS]; /* sends that still need the buffer */
static int given;              /* given back since the ring's tail was last moved */
static struct connection connections[FDS];
static struct piece *pieces;
static int piece_room, free_piece = -1;
static int subscribers[FDS], subscriber_count;
static int starving[FDS], starving_count;
static unsigned char letters[256];

static struct io_uring_sqe *entry(void) {
    struct io_uring_sqe *sqe = io_uring_get_sqe(&ring);
    if (sqe == NULL) {
        io_uring_submit_and_wait(&ring, 0);
        sqe = io_uring_get_sqe(&ring);
    }
    return sqe;
}

static void tag(struct io_uring_sqe *sqe, enum kind kind, int fd) {
    io_uring_sqe_set_data64(sqe, (uint64_t)kind << 32 | (unsigned)fd);
}

static void arm(int fd) {
    struct io_uring_sqe *sqe = entry();
    io_uring_prep_recv_multishot(sqe, fd, NULL, 0, 0);
    sqe->flags |= IOSQE_BUFFER_SELECT;
    sqe->buf_group = 0;
    tag(sqe, RECEIVE, fd);
    connections[fd].armed = 1;
}

static void give_back(int buffer) {
    io_uring_buf_ring_add(buffers, memory + (size_t)buffer * PIECE, PIECE, (unsigned short)buffer, BUFFERS - 1, given++);
}

static void release(int buffer) {
    if (buffer >= 0 && --borrowers[buffer] == 0) {
        give_back(buffer);
    }
}

static int take_piece(void) {
    int taken;
    if (free_piece < 0) {
        int more = piece_room == 0 ? 4096 : piece_room * 2;
        pieces = realloc(pieces, (size_t)more * sizeof *pieces);
        for (int i = more - 1; i >= piece_room; i--) {
            pieces[i].next = free_piece;
            free_piece = i;
        }
        piece_room = more;
    }
    taken = free_piece;
    free_piece = pieces[taken].next;
    return taken;
}

static void send_head(int fd) {
    struct connection *c = &connections[fd];
    struct io_uring_sqe *sqe = entry();
    io_uring_prep_send(sqe, fd, pieces[c->head].bytes, (size_t)pieces[c->head].length, MSG_WAITALL);
    tag(sqe, SEND, fd);
    c->sending = 1;
}

static void put(int fd, const unsigned char *bytes, int length, int buffer) {
    struct connection *c = &connections[fd];
    int p = take_piece();
    pieces[p] = (struct piece){bytes, length, buffer, -1};
    if (buffer >= 0) {
        borrowers[buffer]++;
    }
    if (c->head < 0) {
        c->head = p;
    } else {
        pieces[c->tail].next = p;
    }
    c->tail = p;
    if (!c->sending) {
        send_head(fd);
    }
}

static void drop_head(struct connection *c) {
    int p = c->head;
    c->head = pieces[p].next;
    release(pieces[p].buffer);
    pieces[p].next = free_piece;
    free_piece = p;
}

static void unsubscribe(struct connection *c) {
    if (mode == MODE_FAN && c->index >= 0) {
        subscribers[c->index] = subscribers[--subscriber_count];
        connections[subscribers[c->index]].index = c->index;
    }
}

/* Closes once neither a receive nor a send of it is with the kernel. */
static void end(int fd) {
    struct connection *c = &connections[fd];
    if (!c->ended) {
        c->ended = 1;
        unsubscribe(c);
        shutdown(fd, SHUT_RDWR);
    }
    if (c->open && !c->armed && !c->sending) {
        while (c->head >= 0) {
            drop_head(c);
        }
        c->open = 0;
        close(fd);
    }
}

static void pour(int fd) {
    put(fd, content, PERIOD, -1);
}

static void fan(int fd, const unsigned char *bytes, int length, int buffer) {
    struct connection *c = &connections[fd];
    if (!c->named) {
        c->named = 1;
        if (bytes[0] == 'S') {
            c->index = subscriber_count;
            subscribers[subscriber_count++] = fd;
        }
        put(fd, &letters[bytes[0]], 1, -1);
        return;
    }
    for (int i = 0; i < subscriber_count; i++) {
        put(subscribers[i], bytes, length, buffer);
    }
}

static void received(int fd, const unsigned char *bytes, int length, int buffer) {
    struct connection *c = &connections[fd];
    switch (mode) {
        case MODE_ECHO:
            put(fd, bytes, length, buffer);
            break;
        case MODE_SINK: {
            int mark = mark_in(bytes, c->received, length);
            c->received += length;
            if (mark >= 0) {
                put(fd, &letters[mark], 1, -1);
            }
            break;
        }
        case MODE_SOURCE:
            pour(fd);
            break;
        default:
            fan(fd, bytes, length, buffer);
    }
}

static void on_receive(int fd, int result, unsigned flags) {
    struct connection *c = &connections[fd];
    if (!(flags & IORING_CQE_F_MORE)) {
        c->armed = 0;
    }
    if (flags & IORING_CQE_F_BUFFER) {
        int buffer = (int)(flags >> IORING_CQE_BUFFER_SHIFT);
        borrowers[buffer]++;
        if (result > 0 && !c->ended) {
            received(fd, memory + (size_t)buffer * PIECE, result, buffer);
        }
        release(buffer);
    }
    if (result == -ENOBUFS && !c->ended) {
        starving[starving_count++] = fd;
    } else if (result <= 0 || c->ended) {
        end(fd);
    } else if (!c->armed) {
        arm(fd);
    }
}

static void on_send(int fd, int result) {
    struct connection *c = &connections[fd];
    struct piece *p = &pieces[c->head];
    c->sending = 0;
    if (result <= 0 || c->ended) {
        end(fd);
        return;
    }
    if (result < p->length) {
        p->bytes += result;
        p->length -= result;
    } else {
        drop_head(c);
        if (mode == MODE_SOURCE) {
            pour(fd);
            return;
        }
    }
    if (c->head >= 0) {
        send_head(fd);
    }
}

static void arm_accept(int listener) {
    struct io_uring_sqe *sqe = entry();
    io_uring_prep_multishot_accept(sqe, listener, NULL, NULL, SOCK_CLOEXEC);
    tag(sqe, ACCEPT, listener);
}

static void on_accept(int listener, int fd, unsigned flags) {
    if (fd >= 0) {
        no_delay(fd);
        connections[fd] = (struct connection){.open = 1, .head = -1, .index = -1};
        arm(fd);
    }
    if (!(flags & IORING_CQE_F_MORE)) {
        arm_accept(listener);
    }
}

static void set_up(void) {
    struct io_uring_params params;
    struct io_uring_buf_reg reg;
    int r;
    memset(&params, 0, sizeof params);
    memset(&reg, 0, sizeof reg);
    params.flags = IORING_SETUP_CQSIZE | IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN |
                   IORING_SETUP_SUBMIT_ALL;
    params.cq_entries = COMPLETIONS;
    r = io_uring_queue_init_params(ENTRIES, &ring, &params);
    if (r < 0) {
        fprintf(stderr, "io_uring_setup: %s\n", strerror(-r));
        exit(1);
    }
    io_uring_register_ring_fd(&ring);
    buffers = mmap(NULL, BUFFERS * sizeof(struct io_uring_buf), PROT_READ | PROT_WRITE,
                   MAP_ANONYMOUS | MAP_PRIVATE, -1, 0);
    memory = mmap(NULL, (size_t)BUFFERS * PIECE, PROT_READ | PROT_WRITE, MAP_ANONYMOUS | MAP_PRIVATE, -1, 0);
    reg.ring_addr = (uint64_t)(uintptr_t)buffers;
    reg.ring_entries = BUFFERS;
    r = io_uring_register_buf_ring(&ring, &reg, 0);
    if (r < 0) {
        fprintf(stderr, "io_uring_register: %s\n", strerror(-r));
        exit(1);
    }
    for (int i = 0; i < BUFFERS; i++) {
        give_back(i);
    }
    for (int i = 0; i < 256; i++) {
        letters[i] = (unsigned char)i;
    }
}

static void turn(void) {
    struct io_uring_cqe *cqe;
    unsigned head, count = 0;
    io_uring_for_each_cqe(&ring, head, cqe) {
        int fd = (int)(cqe->user_data & 0xffffffff);
        switch ((enum kind)(cqe->user_data >> 32)) {
            case ACCEPT:
                on_accept(fd, cqe->res, cqe->flags);
                break;
            case RECEIVE:
                on_receive(fd, cqe->res, cqe->flags);
                break;
            default:
                on_send(fd, cqe->res);
        }
        count++;
    }
    io_uring_cq_advance(&ring, count);
    if (given > 0) {
        io_uring_buf_ring_advance(buffers, given);
        given = 0;
        while (starving_count > 0) {
            int fd = starving[--starving_count];
            if (connections[fd].open && !connections[fd].ended) {
                arm(fd);
            }
        }
    }
}

int main(int argc, char **argv) {
    int listener = listen_anywhere();
    mode = mode_of(argc, argv);
    fill_content();
    set_up();
    arm_accept(listener);
    ready(port_of(listener));
    for (;;) {
        turn();
        io_uring_submit_and_wait(&ring, 1);
    }
}
