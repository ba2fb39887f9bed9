package io.overlapped.uring;

/**
 * The part of {@code <linux/io_uring.h>} and its neighbours that this driver uses: numbers, sizes
 * and field offsets, under the kernel's names. {@code AbiTest} checks each of them against the C
 * headers.
 *
 * <p>The system call numbers are those of every 64-bit architecture that has io_uring; socket
 * option numbers are those of {@code asm-generic}.
 */
final class Abi {
    static final long NR_io_uring_setup = 425;
    static final long NR_io_uring_enter = 426;
    static final long NR_io_uring_register = 427;

    static final int IORING_SETUP_CQSIZE = 1 << 3;
    static final int IORING_SETUP_CLAMP = 1 << 4;
    static final int IORING_SETUP_SUBMIT_ALL = 1 << 7;
    static final int IORING_SETUP_TASKRUN_FLAG = 1 << 9;
    static final int IORING_SETUP_SINGLE_ISSUER = 1 << 12;
    static final int IORING_SETUP_DEFER_TASKRUN = 1 << 13;
    static final int IORING_SETUP_NO_SQARRAY = 1 << 16;

    static final int IORING_FEAT_SINGLE_MMAP = 1;
    static final int IORING_FEAT_NODROP = 1 << 1;
    static final int IORING_FEAT_EXT_ARG = 1 << 8;
    static final int IORING_FEAT_RECVSEND_BUNDLE = 1 << 14;
    static final int IORING_FEAT_MIN_TIMEOUT = 1 << 15;
    static final int IORING_FEAT_NO_IOWAIT = 1 << 17;

    static final int IORING_ENTER_GETEVENTS = 1;
    static final int IORING_ENTER_EXT_ARG = 1 << 3;
    static final int IORING_ENTER_REGISTERED_RING = 1 << 4;
    static final int IORING_ENTER_NO_IOWAIT = 1 << 7;

    static final int IORING_SQ_CQ_OVERFLOW = 1 << 1;
    static final int IORING_SQ_TASKRUN = 1 << 2;

    static final int IORING_REGISTER_PROBE = 8;
    static final int IORING_REGISTER_RING_FDS = 20;
    static final int IORING_REGISTER_PBUF_RING = 22;

    static final long IORING_OFF_SQ_RING = 0;
    static final long IORING_OFF_SQES = 0x10000000L;

    static final byte IORING_OP_NOP = 0;
    static final byte IORING_OP_POLL_ADD = 6;
    static final byte IORING_OP_SENDMSG = 9;
    static final byte IORING_OP_RECVMSG = 10;
    static final byte IORING_OP_ACCEPT = 13;
    static final byte IORING_OP_ASYNC_CANCEL = 14;
    static final byte IORING_OP_CONNECT = 16;
    static final byte IORING_OP_READ = 22;
    static final byte IORING_OP_SEND = 26;
    static final byte IORING_OP_RECV = 27;
    static final byte IORING_OP_SEND_ZC = 47;

    static final byte IOSQE_BUFFER_SELECT = 1 << 5;

    static final short IORING_ACCEPT_MULTISHOT = 1;
    static final int IORING_ASYNC_CANCEL_ALL = 1;
    static final int IORING_ASYNC_CANCEL_ANY = 1 << 2;
    static final short IORING_RECV_MULTISHOT = 1 << 1;

    static final int IORING_CQE_F_BUFFER = 1;
    static final int IORING_CQE_F_MORE = 1 << 1;
    static final int IORING_CQE_BUFFER_SHIFT = 16;

    static final int IO_URING_OP_SUPPORTED = 1;

    // struct io_uring_params
    static final int params_BYTES = 120;
    static final int params_sq_entries = 0;
    static final int params_cq_entries = 4;
    static final int params_flags = 8;
    static final int params_features = 20;
    static final int params_sq_off = 40;
    static final int params_cq_off = 80;

    // struct io_sqring_offsets
    static final int sq_off_head = 0;
    static final int sq_off_tail = 4;
    static final int sq_off_ring_mask = 8;
    static final int sq_off_ring_entries = 12;
    static final int sq_off_flags = 16;
    static final int sq_off_dropped = 20;
    static final int sq_off_array = 24;

    // struct io_cqring_offsets
    static final int cq_off_head = 0;
    static final int cq_off_tail = 4;
    static final int cq_off_ring_mask = 8;
    static final int cq_off_ring_entries = 12;
    static final int cq_off_overflow = 16;
    static final int cq_off_cqes = 20;

    // struct io_uring_sqe
    static final int sqe_BYTES = 64;
    static final int sqe_opcode = 0;
    static final int sqe_flags = 1;
    static final int sqe_ioprio = 2;
    static final int sqe_fd = 4;
    static final int sqe_off = 8;
    static final int sqe_addr = 16;
    static final int sqe_len = 24;
    static final int sqe_op_flags = 28;
    static final int sqe_user_data = 32;
    static final int sqe_buf_group = 40;
    static final int sqe_addr3 = 48;

    // struct io_uring_cqe
    static final int cqe_BYTES = 16;
    static final int cqe_user_data = 0;
    static final int cqe_res = 8;
    static final int cqe_flags = 12;

    // struct io_uring_getevents_arg
    static final int getevents_arg_BYTES = 24;
    static final int getevents_arg_ts = 16;

    // struct __kernel_timespec
    static final int timespec_BYTES = 16;
    static final int timespec_tv_sec = 0;
    static final int timespec_tv_nsec = 8;

    // struct io_uring_rsrc_update
    static final int rsrc_update_BYTES = 16;
    static final int rsrc_update_offset = 0;
    static final int rsrc_update_data = 8;

    // struct io_uring_probe and io_uring_probe_op
    static final int probe_BYTES = 16;
    static final int probe_last_op = 0;
    static final int probe_op_BYTES = 8;
    static final int probe_op_flags = 2;

    // struct io_uring_buf_reg
    static final int buf_reg_BYTES = 40;
    static final int buf_reg_ring_addr = 0;
    static final int buf_reg_ring_entries = 8;
    static final int buf_reg_bgid = 12;

    // struct io_uring_buf, and the tail that lies over the first one's last field
    static final int buf_BYTES = 16;
    static final int buf_addr = 0;
    static final int buf_len = 8;
    static final int buf_bid = 12;
    static final int buf_ring_tail = 14;

    // struct iovec
    static final int iovec_BYTES = 16;
    static final int iovec_base = 0;
    static final int iovec_len = 8;

    // struct msghdr
    static final int msghdr_BYTES = 56;
    static final int msghdr_iov = 16;
    static final int msghdr_iovlen = 24;

    // struct sockaddr_in and sockaddr_in6
    static final int sockaddr_in_BYTES = 16;
    static final int sockaddr_in_port = 2;
    static final int sockaddr_in_addr = 4;
    static final int sockaddr_in6_BYTES = 28;
    static final int sockaddr_in6_port = 2;
    static final int sockaddr_in6_addr = 8;
    static final int sockaddr_in6_scope_id = 24;

    static final int MSG_DONTWAIT = 0x40;
    static final int MSG_WAITALL = 0x100;
    static final int MSG_NOSIGNAL = 0x4000;

    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int SOCK_STREAM = 1;
    static final int SOCK_CLOEXEC = 0x80000;
    static final int SHUT_WR = 1;
    static final int POLLIN = 1;

    static final int SOL_SOCKET = 1;
    static final int SO_REUSEADDR = 2;
    static final int SO_SNDBUF = 7;
    static final int SO_RCVBUF = 8;
    static final int SO_KEEPALIVE = 9;
    static final int SO_LINGER = 13;
    static final int SO_REUSEPORT = 15;
    static final int SO_PEERNAME = 28;
    static final int IPPROTO_IPV6 = 41;
    static final int IPV6_V6ONLY = 26;
    static final int IPPROTO_TCP = 6;
    static final int TCP_NODELAY = 1;
    static final int TCP_USER_TIMEOUT = 18;

    // struct linger
    static final int linger_BYTES = 8;
    static final int linger_onoff = 0;
    static final int linger_linger = 4;

    static final int PROT_READ = 1;
    static final int PROT_WRITE = 2;
    static final int MAP_SHARED = 1;
    static final int MAP_PRIVATE = 2;
    static final int MAP_ANONYMOUS = 0x20;
    static final int MAP_POPULATE = 0x8000;
    static final int EFD_CLOEXEC = 0x80000;

    static final int SCHED_OTHER = 0;
    static final int SCHED_BATCH = 3;

    private Abi() {}
}
