/**
 * What an idle connection costs the server, for each driver: heap after a collection, native memory
 * by the JVM's own tracking, and resident memory. Every connection echoes once before it is
 * measured and once after.
 *
 * <p>./overlapped version && java proof/idle/Idle.java [CONNECTIONS [DRIVER...]], with a JDK 25, in the
 * project's folder; 10000, uring and nio by default.
 */
static final Path HERE = Path.of("proof/idle");
static final String CLASSES = ".build/idle";
static final String BIN = System.getProperty("java.home") + "/bin/";

void main(String[] arguments) throws Exception {
    int connections = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
    List<String> drivers =
            arguments.length > 1
                    ? List.of(arguments).subList(1, arguments.length)
                    : List.of("uring", "nio");
    IO.println(
            "driver  connections  heap B/connection  native B/connection  resident B/connection"
                    + "  bare server: heap KiB, native KiB");
    compile("IdleServer", "--module-path", ".build/app", "--add-modules", "io.overlapped");
    compile("IdleClient");
    for (String driver : drivers) {
        measure(driver, connections);
    }
}

/** Compiled ahead, so that the compiler is not in the heap that is measured. */
void compile(String program, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of(BIN + "javac", "-d", CLASSES));
    command.addAll(List.of(options));
    command.add(HERE.resolve(program + ".java").toString());
    int status = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (status != 0) {
        throw new IllegalStateException("javac failed for " + program);
    }
}

void measure(String driver, int connections) throws Exception {
    try (Child server = server(driver)) {
        String port = server.read().substring("port ".length());
        // A few first, so that loaded classes and compiled code are not counted as connections.
        for (int i = 0; i < 20; i++) {
            try (Child warm = client(port, 100)) {
                expect(warm.read(), "held 100");
            }
        }
        Sizes bare = sizes(server, 0);
        try (Child client = client(port, connections)) {
            expect(client.read(), "held " + connections);
            Sizes held = sizes(server, connections);
            client.write("again");
            expect(client.read(), "echoed " + connections);
            IO.println(
                    "%-6s %12d %18d %20d %22d %20d, %d"
                            .formatted(
                                    driver,
                                    connections,
                                    (held.heapBytes - bare.heapBytes) / connections,
                                    (held.nativeBytes - bare.nativeBytes) / connections,
                                    (held.residentBytes - bare.residentBytes) / connections,
                                    bare.heapBytes >> 10,
                                    bare.nativeBytes >> 10));
        }
    }
}

Child server(String driver) throws IOException {
    return new Child(
            BIN + "java",
            "-Xms128m",
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:NativeMemoryTracking=summary",
            "--module-path",
            ".build/app",
            "--add-modules",
            "io.overlapped,io.overlapped.uring,io.overlapped.nio",
            "--enable-native-access=io.overlapped.uring",
            "--class-path",
            CLASSES,
            "IdleServer",
            driver);
}

Child client(String port, int connections) throws IOException {
    return new Child(
            BIN + "java",
            "--class-path",
            CLASSES,
            "IdleClient",
            port,
            Integer.toString(connections));
}

record Sizes(long heapBytes, long nativeBytes, long residentBytes) {}

/** Asks the server until it has as many connections open as there should be. */
Sizes sizes(Child server, int connections) throws Exception {
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (System.nanoTime() < deadline) {
        server.write("measure");
        String[] answer = server.read().split(" ");
        if (Integer.parseInt(answer[1]) == connections) {
            return new Sizes(
                    Long.parseLong(answer[3]),
                    outsideTheHeap(server.process.pid()),
                    residentBytes(server.process.pid()));
        }
        Thread.sleep(50);
    }
    throw new IllegalStateException("the server never had " + connections + " connections open");
}

/** Committed native memory but for the Java heap itself, in bytes. */
long outsideTheHeap(long pid) throws Exception {
    Process jcmd =
            new ProcessBuilder(BIN + "jcmd", Long.toString(pid), "VM.native_memory", "summary")
                    .start();
    String text = new String(jcmd.getInputStream().readAllBytes());
    return (committed(text, "Total:") - committed(text, "Java Heap")) * 1024;
}

long committed(String text, String category) {
    Matcher found =
            Pattern.compile(category + ".*?committed=(\\d+)KB").matcher(text);
    if (!found.find()) {
        throw new IllegalStateException("no " + category + " in: " + text);
    }
    return Long.parseLong(found.group(1));
}

long residentBytes(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
        if (line.startsWith("VmRSS:")) {
            return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
    }
    throw new IllegalStateException("no VmRSS");
}

void expect(String answer, String wanted) {
    if (!answer.equals(wanted)) {
        throw new IllegalStateException("'" + answer + "' instead of '" + wanted + "'");
    }
}

/** A process that is asked and answers line by line, and ends when its input does. */
static final class Child implements AutoCloseable {
    final Process process;
    private final BufferedReader output;
    private final Writer input;

    Child(String... command) throws IOException {
        process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        output = process.inputReader();
        input = process.outputWriter();
    }

    String read() throws IOException {
        String line = output.readLine();
        if (line == null) {
            throw new EOFException("the process " + process.pid() + " has ended");
        }
        return line;
    }

    void write(String line) throws IOException {
        input.write(line + "\n");
        input.flush();
    }

    @Override
    public void close() throws Exception {
        input.close();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
