/*
 * The few calls of liburing that uring.c needs, by system calls and the kernel's own header, for
 * systems without liburing's. Same names, so that one source serves both.
 */
#ifndef RAWRING_H
#define RAWRING_H

#include <errno.h>
#include <linux/io_uring.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

struct io_uring {
    int fd, enter_fd;
    unsigned enter_flags;
    unsigned *sq_tail, *sq_head, sq_mask, sq_entries, local_tail, submitted;
    unsigned *cq_head, *cq_tail, cq_mask;
    struct io_uring_sqe *sqes;
    struct io_uring_cqe *cqes;
};

static int ring_register(struct io_uring *ring, unsigned op, void *arg, unsigned count) {
    long r = syscall(SYS_io_uring_register, ring->fd, op, arg, count);
    return r < 0 ? -errno : (int)r;
}

static int io_uring_queue_init_params(unsigned entries, struct io_uring *ring, struct io_uring_params *p) {
    long fd = syscall(SYS_io_uring_setup, entries, p);
    size_t sq_bytes, cq_bytes;
    char *memory;
    unsigned *array;
    memset(ring, 0, sizeof *ring);
    if (fd < 0) {
        return -errno;
    }
    ring->fd = ring->enter_fd = (int)fd;
    sq_bytes = p->sq_off.array + p->sq_entries * sizeof(unsigned);
    cq_bytes = p->cq_off.cqes + p->cq_entries * sizeof(struct io_uring_cqe);
    memory = mmap(NULL, sq_bytes > cq_bytes ? sq_bytes : cq_bytes, PROT_READ | PROT_WRITE,
                  MAP_SHARED | MAP_POPULATE, ring->fd, IORING_OFF_SQ_RING);
    ring->sqes = mmap(NULL, p->sq_entries * sizeof(struct io_uring_sqe), PROT_READ | PROT_WRITE,
                      MAP_SHARED | MAP_POPULATE, ring->fd, IORING_OFF_SQES);
    if (memory == MAP_FAILED || ring->sqes == MAP_FAILED) {
        return -errno;
    }
    ring->sq_head = (unsigned *)(memory + p->sq_off.head);
    ring->sq_tail = (unsigned *)(memory + p->sq_off.tail);
    ring->sq_entries = p->sq_entries;
    ring->sq_mask = p->sq_entries - 1;
    array = (unsigned *)(memory + p->sq_off.array);
    for (unsigned i = 0; i < p->sq_entries; i++) {
        array[i] = i;
    }
    ring->cq_head = (unsigned *)(memory + p->cq_off.head);
    ring->cq_tail = (unsigned *)(memory + p->cq_off.tail);
    ring->cq_mask = p->cq_entries - 1;
    ring->cqes = (struct io_uring_cqe *)(memory + p->cq_off.cqes);
    return 0;
}

static int io_uring_register_ring_fd(struct io_uring *ring) {
    struct io_uring_rsrc_update update = {.offset = -1U, .data = (uint64_t)ring->fd};
    int r = ring_register(ring, IORING_REGISTER_RING_FDS, &update, 1);
    if (r == 1) {
        ring->enter_fd = (int)update.offset;
        ring->enter_flags = IORING_ENTER_REGISTERED_RING;
    }
    return r;
}

static int io_uring_submit_and_wait(struct io_uring *ring, unsigned wait) {
    unsigned count = ring->local_tail - ring->submitted;
    long r;
    __atomic_store_n(ring->sq_tail, ring->local_tail, __ATOMIC_RELEASE);
    r = syscall(SYS_io_uring_enter, ring->enter_fd, count, wait, IORING_ENTER_GETEVENTS | ring->enter_flags, NULL, 0);
    ring->submitted = __atomic_load_n(ring->sq_head, __ATOMIC_ACQUIRE);
    return r < 0 ? -errno : (int)r;
}

static struct io_uring_sqe *io_uring_get_sqe(struct io_uring *ring) {
    if (ring->local_tail - __atomic_load_n(ring->sq_head, __ATOMIC_ACQUIRE) == ring->sq_entries) {
        return NULL;
    }
    return &ring->sqes[ring->local_tail++ & ring->sq_mask];
}

#define io_uring_for_each_cqe(ring, head, cqe)                                              \
    for (head = *(ring)->cq_head;                                                           \
         (cqe = head != __atomic_load_n((ring)->cq_tail, __ATOMIC_ACQUIRE)                  \
                        ? &(ring)->cqes[head & (ring)->cq_mask] : NULL) != NULL;            \
         head++)

static void io_uring_cq_advance(struct io_uring *ring, unsigned count) {
    __atomic_store_n(ring->cq_head, *ring->cq_head + count, __ATOMIC_RELEASE);
}

static int io_uring_register_buf_ring(struct io_uring *ring, struct io_uring_buf_reg *reg, unsigned flags) {
    (void)flags;
    return ring_register(ring, IORING_REGISTER_PBUF_RING, reg, 1);
}

static void io_uring_buf_ring_add(struct io_uring_buf_ring *ring, void *addr, unsigned len,
                                  unsigned short id, int mask, int offset) {
    struct io_uring_buf *buf = &ring->bufs[(ring->tail + offset) & mask];
    buf->addr = (uint64_t)(uintptr_t)addr;
    buf->len = len;
    buf->bid = id;
}

static void io_uring_buf_ring_advance(struct io_uring_buf_ring *ring, int count) {
    __atomic_store_n(&ring->tail, (unsigned short)(ring->tail + count), __ATOMIC_RELEASE);
}

static void prep(struct io_uring_sqe *sqe, int op, int fd, const void *addr, unsigned len) {
    memset(sqe, 0, sizeof *sqe);
    sqe->opcode = (uint8_t)op;
    sqe->fd = fd;
    sqe->addr = (uint64_t)(uintptr_t)addr;
    sqe->len = len;
}

static void io_uring_prep_send(struct io_uring_sqe *sqe, int fd, const void *bytes, size_t len, int flags) {
    prep(sqe, IORING_OP_SEND, fd, bytes, (unsigned)len);
    sqe->msg_flags = (uint32_t)flags;
}

static void io_uring_prep_recv_multishot(struct io_uring_sqe *sqe, int fd, void *bytes, size_t len, int flags) {
    prep(sqe, IORING_OP_RECV, fd, bytes, (unsigned)len);
    sqe->msg_flags = (uint32_t)flags;
    sqe->ioprio |= IORING_RECV_MULTISHOT;
}

static void io_uring_prep_multishot_accept(struct io_uring_sqe *sqe, int fd, void *addr, void *len, int flags) {
    (void)len;
    prep(sqe, IORING_OP_ACCEPT, fd, addr, 0);
    sqe->accept_flags = (uint32_t)flags;
    sqe->ioprio |= IORING_ACCEPT_MULTISHOT;
}

static void io_uring_sqe_set_data64(struct io_uring_sqe *sqe, uint64_t data) {
    sqe->user_data = data;
}

#endif
