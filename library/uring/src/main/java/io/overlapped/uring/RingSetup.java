package io.overlapped.uring;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.overlapped.spi.Errno;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Makes a ring with the best flags that this kernel takes: it is asked, never judged by its version
 * string. Without SINGLE_ISSUER and DEFER_TASKRUN there is none, as completions would then arrive
 * outside the alertable wait.
 */
final class RingSetup {
    private static final int REQUIRED =
            Abi.IORING_SETUP_CLAMP
                    | Abi.IORING_SETUP_CQSIZE
                    | Abi.IORING_SETUP_SUBMIT_ALL
                    | Abi.IORING_SETUP_TASKRUN_FLAG
                    | Abi.IORING_SETUP_SINGLE_ISSUER
                    | Abi.IORING_SETUP_DEFER_TASKRUN;
    private static final int[] OPTIONAL = {Abi.IORING_SETUP_NO_SQARRAY, 0};
    private static final int SMALLEST = 8;
    private static final int PROBE_OPS = 256;
    private static final byte[] NEEDED = {
        Abi.IORING_OP_POLL_ADD,
        Abi.IORING_OP_SENDMSG,
        Abi.IORING_OP_RECVMSG,
        Abi.IORING_OP_ACCEPT,
        Abi.IORING_OP_ASYNC_CANCEL,
        Abi.IORING_OP_CONNECT,
        Abi.IORING_OP_READ,
        Abi.IORING_OP_SEND,
        Abi.IORING_OP_RECV
    };

    private RingSetup() {}

    /**
     * @throws io.overlapped.OverlappedException with the reason and the remedy
     */
    static Ring open(Libc libc, Tuning tuning) {
        int refusal = 0;
        for (int optional : OPTIONAL) {
            for (Tuning size = tuning; ; size = size.halved()) {
                try (Arena arena = Arena.ofConfined()) {
                    MemorySegment params = arena.allocate(Abi.params_BYTES, Long.BYTES);
                    params.set(JAVA_INT, Abi.params_flags, REQUIRED | optional);
                    params.set(JAVA_INT, Abi.params_cq_entries, size.completions());
                    int fd = libc.ioUringSetup(size.submissions(), params);
                    if (fd >= 0) {
                        return checked(libc, new Ring(libc, fd, params));
                    }
                    refusal = -fd;
                }
                if (refusal != Errno.ENOMEM || size.completions() <= SMALLEST) {
                    break;
                }
            }
            if (refusal != Errno.EINVAL) {
                break;
            }
        }
        throw Refusal.of("io_uring_setup", refusal).toException();
    }

    private static Ring checked(Libc libc, Ring ring) {
        boolean complete =
                ring.hasFeature(Abi.IORING_FEAT_SINGLE_MMAP)
                        && ring.hasFeature(Abi.IORING_FEAT_NODROP)
                        && ring.hasFeature(Abi.IORING_FEAT_EXT_ARG)
                        && supports(libc, ring, NEEDED);
        if (!complete) {
            ring.close();
            throw Refusal.of("the probe of its operations", Errno.EINVAL).toException();
        }
        return ring;
    }

    static boolean supports(Libc libc, Ring ring, byte... opcodes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment probe =
                    arena.allocate(Abi.probe_BYTES + PROBE_OPS * Abi.probe_op_BYTES, Long.BYTES);
            int result =
                    libc.ioUringRegister(ring.fd(), Abi.IORING_REGISTER_PROBE, probe, PROBE_OPS);
            if (result < 0) {
                return false;
            }
            int last = Byte.toUnsignedInt(probe.get(JAVA_BYTE, Abi.probe_last_op));
            for (byte opcode : opcodes) {
                long flags =
                        Abi.probe_BYTES + (long) opcode * Abi.probe_op_BYTES + Abi.probe_op_flags;
                if (opcode > last
                        || (probe.get(JAVA_SHORT, flags) & Abi.IO_URING_OP_SUPPORTED) == 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
