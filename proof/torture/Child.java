import module java.base;

/**
 * A process that is asked and answers line by line, and ends when its input does; one that does not
 * answer in time has failed. What it logs goes to a file.
 */
final class Child implements AutoCloseable {
    private static final int CLOCK_TICKS_PER_SECOND = 100;
    private static final long ANSWER_SECONDS = 120;

    private final Process process;

    /** What it said and nobody has read; an empty one at the end. */
    private final BlockingQueue<Optional<String>> output = new LinkedBlockingQueue<>();

    private final Writer input;
    private final Path log;

    Child(Path log, List<String> command) throws IOException {
        this.log = log;
        process = new ProcessBuilder(command).redirectError(log.toFile()).start();
        input = process.outputWriter();
        Thread.ofVirtual().start(this::listen);
    }

    private void listen() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(Optional.of(line));
            }
        } catch (IOException e) {
            // Closed beside the process, which is an end as well.
        }
        output.add(Optional.empty());
    }

    long pid() {
        return process.pid();
    }

    String read() {
        return next().orElseThrow(
                        () ->
                                new Failed(
                                        "process "
                                                + pid()
                                                + " has ended; it said: "
                                                + String.join("; ", log())));
    }

    /** Whether it says anything before it ends. */
    boolean announces() {
        return next().isPresent();
    }

    private Optional<String> next() {
        Optional<String> line;
        try {
            line = output.poll(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failed("interrupted before process " + pid() + " has answered");
        }
        if (line == null) {
            throw new Failed("process " + pid() + " says nothing for " + ANSWER_SECONDS + " s");
        }
        return line;
    }

    /** The first line of its log that says what is wrong. */
    String complaint() {
        return log().stream()
                .filter(line -> line.contains("Exception"))
                .findFirst()
                .orElse("it ended and said nothing");
    }

    String ask(String question) throws IOException {
        input.write(question + "\n");
        input.flush();
        return read();
    }

    Counts counts(String question) throws IOException {
        return Counts.of(ask(question));
    }

    /** Ends its input; returns its last line. */
    String finish() throws IOException, InterruptedException {
        input.close();
        String last = read();
        Failed.unless(process.waitFor(120, TimeUnit.SECONDS), "it does not end");
        Failed.unless(process.exitValue() == 0, "it ended with status " + process.exitValue());
        return last;
    }

    void signal(String name) throws IOException, InterruptedException {
        Commands.must("kill", "-" + name, Long.toString(pid()));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Kills it and waits until it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    List<String> log() {
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int descriptors() {
        String[] open = new File("/proc/" + pid() + "/fd").list();
        return open == null ? 0 : open.length;
    }

    /** Processor time it has used, in milliseconds. */
    long cpuMillis() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        return ticks * 1000 / CLOCK_TICKS_PER_SECOND;
    }

    /** Ends it whatever it does; a stopped process is killed all the same. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
