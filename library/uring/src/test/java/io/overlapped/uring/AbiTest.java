package io.overlapped.uring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every constant of {@link Abi} against what the C compiler makes of the kernel's headers. */
class AbiTest {
    /** Prefix of a constant's name, and the C type whose size and fields it tells. */
    private static final Map<String, String> STRUCTS =
            Map.ofEntries(
                    Map.entry("params_", "struct io_uring_params"),
                    Map.entry("sq_off_", "struct io_sqring_offsets"),
                    Map.entry("cq_off_", "struct io_cqring_offsets"),
                    Map.entry("sqe_", "struct io_uring_sqe"),
                    Map.entry("cqe_", "struct io_uring_cqe"),
                    Map.entry("getevents_arg_", "struct io_uring_getevents_arg"),
                    Map.entry("timespec_", "struct __kernel_timespec"),
                    Map.entry("rsrc_update_", "struct io_uring_rsrc_update"),
                    Map.entry("probe_op_", "struct io_uring_probe_op"),
                    Map.entry("probe_", "struct io_uring_probe"),
                    Map.entry("buf_reg_", "struct io_uring_buf_reg"),
                    Map.entry("buf_ring_", "struct io_uring_buf_ring"),
                    Map.entry("buf_", "struct io_uring_buf"),
                    Map.entry("iovec_", "struct iovec"),
                    Map.entry("msghdr_", "struct msghdr"),
                    Map.entry("sockaddr_in6_", "struct sockaddr_in6"),
                    Map.entry("sockaddr_in_", "struct sockaddr_in"),
                    Map.entry("linger_", "struct linger"));

    /** C names of fields that Abi calls otherwise, mostly for having no name of their own in C. */
    private static final Map<String, String> FIELDS =
            Map.of(
                    "msghdr_iov", "msg_iov",
                    "msghdr_iovlen", "msg_iovlen",
                    "iovec_base", "iov_base",
                    "iovec_len", "iov_len",
                    "linger_onoff", "l_onoff",
                    "linger_linger", "l_linger",
                    "sqe_op_flags", "rw_flags");

    /** Fields of C's socket addresses carry the family in their names. */
    private static final Map<String, String> ADDRESS_FIELDS =
            Map.of("sockaddr_in_", "sin_", "sockaddr_in6_", "sin6_");

    private static final Map<String, String> EXPRESSIONS =
            Map.of(
                    "NR_io_uring_setup", "__NR_io_uring_setup",
                    "NR_io_uring_enter", "__NR_io_uring_enter",
                    "NR_io_uring_register", "__NR_io_uring_register",
                    "IORING_CQE_BUFFER_SHIFT", "IORING_CQE_BUFFER_SHIFT");

    /** Constants that C has as members of an enumeration, which the preprocessor cannot see. */
    private static boolean isEnumerated(String name) {
        return name.startsWith("IORING_OP_")
                || name.startsWith("IORING_REGISTER_")
                || name.equals("IOSQE_BUFFER_SELECT")
                || name.equals("IORING_CQE_BUFFER_SHIFT")
                || name.startsWith("SOCK_")
                || name.startsWith("MSG_")
                || name.startsWith("SHUT_")
                || name.equals("EFD_CLOEXEC");
    }

    @Test
    void everyConstantIsWhatTheHeadersSay(@TempDir Path folder) throws Exception {
        Programs.assumeRuns("gcc", "--version");
        Map<String, Long> ours = constants();
        Path source = folder.resolve("abi.c");
        Files.writeString(source, program(ours.keySet()));
        Path binary = folder.resolve("abi");
        Programs.Result compiled = Programs.run("gcc", "-o", binary.toString(), source.toString());
        assertEquals(0, compiled.status(), compiled.output());
        Map<String, Long> theirs = new TreeMap<>();
        List<String> newer = new ArrayList<>();
        for (String line : Programs.run(binary.toString()).output().lines().toList()) {
            String[] pair = line.split(" ", 2);
            if (pair[1].equals("unknown")) {
                newer.add(pair[0]);
            } else {
                theirs.put(pair[0], Long.parseLong(pair[1]));
            }
        }
        newer.forEach(ours::remove);
        assertEquals(new TreeMap<>(ours), theirs);
        assertTrue(theirs.size() > 100, "only " + theirs.size() + " constants were compared");
        if (!newer.isEmpty()) {
            System.out.println("newer than the installed headers, not compared: " + newer);
        }
    }

    private static Map<String, Long> constants() throws IllegalAccessException {
        Map<String, Long> constants = new LinkedHashMap<>();
        for (Field field : Abi.class.getDeclaredFields()) {
            if (!field.isSynthetic()) {
                constants.put(field.getName(), ((Number) field.get(null)).longValue());
            }
        }
        return constants;
    }

    private static String program(Iterable<String> names) {
        StringBuilder source =
                new StringBuilder(
                        """
                        #define _GNU_SOURCE
                        #include <linux/io_uring.h>
                        #include <linux/time_types.h>
                        #include <netinet/in.h>
                        #include <netinet/tcp.h>
                        #include <poll.h>
                        #include <stddef.h>
                        #include <stdio.h>
                        #include <sys/eventfd.h>
                        #include <sys/mman.h>
                        #include <sys/socket.h>
                        #include <sys/syscall.h>
                        #include <sys/uio.h>
                        int main(void) {
                        """);
        for (String name : names) {
            String print =
                    "printf(\"" + name + " %lld\\n\", (long long) (" + expression(name) + "));\n";
            boolean macro = struct(name) == null && !isEnumerated(name);
            source.append(
                    macro && !EXPRESSIONS.containsKey(name)
                            ? "#ifdef "
                                    + name
                                    + "\n"
                                    + print
                                    + "#else\nprintf(\""
                                    + name
                                    + " unknown\\n\");\n#endif\n"
                            : print);
        }
        return source.append("return 0; }\n").toString();
    }

    private static String expression(String name) {
        String known = EXPRESSIONS.get(name);
        if (known != null) {
            return known;
        }
        String prefix = struct(name);
        if (prefix == null) {
            return name;
        }
        String type = STRUCTS.get(prefix);
        String field = name.substring(prefix.length());
        if (field.equals("BYTES")) {
            return "sizeof(" + type + ")";
        }
        String inAddress = ADDRESS_FIELDS.get(prefix);
        String cField = inAddress == null ? FIELDS.getOrDefault(name, field) : inAddress + field;
        return "offsetof(" + type + ", " + cField + ")";
    }

    /** The longest prefix of a structure that {@code name} has, or null. */
    private static String struct(String name) {
        return STRUCTS.keySet().stream()
                .filter(name::startsWith)
                .max((a, b) -> Integer.compare(a.length(), b.length()))
                .orElse(null);
    }
}
