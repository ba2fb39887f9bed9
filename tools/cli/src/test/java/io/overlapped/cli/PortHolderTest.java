package io.overlapped.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PortHolderTest {
    private static final String HEADER =
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid"
                    + "  timeout inode";
    private static final String LISTENER =
            "   0: 0100007F:0DAC 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000"
                    + "        0 77001 1 0000000000000000 100 0 0 10 0";
    private static final String CONNECTION =
            "   1: 0100007F:0DAC 0100007F:A0B2 01 00000000:00000000 00:00000000 00000000  1000"
                    + "        0 77002 1 0000000000000000 20 4 30 10 -1";

    @Test
    void aListenerIsReadFromALineOfTheTable() {
        assertEquals(
                Optional.of(new PortHolder.Listener(3500, 1000, 77001)),
                PortHolder.listener(LISTENER));
    }

    @Test
    void connectionsTheHeadingAndRubbishAreNotListeners() {
        assertEquals(Optional.empty(), PortHolder.listener(CONNECTION));
        assertEquals(Optional.empty(), PortHolder.listener(HEADER));
        assertEquals(Optional.empty(), PortHolder.listener(""));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theProcessThatListensIsFound() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String holder = PortHolder.of(socket.getLocalPort());
            long pid = ProcessHandle.current().pid();
            assertTrue(holder.startsWith("process " + pid + " ("), holder);
        }
    }

    @Test
    void aHolderWhoseDescriptorsAreHiddenIsNamedByItsUser(@TempDir Path proc) throws IOException {
        Files.createDirectories(proc.resolve("net"));
        Files.createDirectories(proc.resolve("4711"));
        Files.writeString(proc.resolve("net/tcp"), HEADER + "\n" + LISTENER + "\n");
        String holder = PortHolder.of(3500, proc);
        assertTrue(holder.contains("user with the number 1000"), holder);
    }

    @Test
    void aHolderAmongSeveralProcessesIsFoundByItsDescriptor(@TempDir Path proc) throws IOException {
        Files.createDirectories(proc.resolve("net"));
        Files.writeString(proc.resolve("net/tcp"), HEADER + "\n" + CONNECTION + "\n");
        Files.writeString(proc.resolve("net/tcp6"), HEADER + "\n" + LISTENER + "\n");
        process(proc, 11, "other", "socket:[77002]");
        process(proc, 12, "server", "socket:[77001]");
        assertEquals("process 12 (server)", PortHolder.of(3500, proc));
    }

    private static void process(Path proc, int pid, String name, String link) throws IOException {
        Path descriptors = proc.resolve(pid + "/fd");
        Files.createDirectories(descriptors);
        Files.writeString(proc.resolve(pid + "/comm"), name + "\n");
        Files.createSymbolicLink(descriptors.resolve("3"), Path.of(link));
    }

    @Test
    void aPortThatNobodyListensOnIsNotPinnedOnAnyone(@TempDir Path proc) throws IOException {
        Files.createDirectories(proc.resolve("net"));
        Files.writeString(proc.resolve("net/tcp"), HEADER + "\n" + CONNECTION + "\n");
        assertEquals(
                "a socket that does not listen, or one that this process cannot see",
                PortHolder.of(3500, proc));
    }

    @Test
    void withoutSocketTablesAnotherToolIsNamed(@TempDir Path proc) {
        assertEquals("another process ('lsof -i :3500' may show it)", PortHolder.of(3500, proc));
    }
}
