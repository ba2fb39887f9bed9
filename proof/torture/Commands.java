import module java.base;

/** Other programs, run to their end. */
final class Commands {
    record Result(int status, String output) {}

    private Commands() {}

    static final Path JAVA = Path.of(System.getProperty("java.home"), "bin");

    /** Runs it for at most a minute; its output is both of its streams. */
    static Result run(String... command) throws IOException, InterruptedException {
        return run(Duration.ofMinutes(5), List.of(command));
    }

    static Result run(Duration timeout, List<String> command)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        process.onExit()
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(_ -> process.destroyForcibly());
        String output = new String(process.getInputStream().readAllBytes());
        return new Result(process.waitFor(), output.strip());
    }

    /** Runs it and fails unless it succeeds. */
    static String must(String... command) throws IOException, InterruptedException {
        Result result = run(command);
        Failed.unless(
                result.status() == 0, String.join(" ", command) + " failed: " + result.output());
        return result.output();
    }

    /** Skips the row unless this works here. */
    static void need(String... command) throws InterruptedException {
        try {
            Result result = run(command);
            if (result.status() != 0) {
                throw new Skipped(String.join(" ", command) + " fails here: " + result.output());
            }
        } catch (IOException e) {
            throw new Skipped(command[0] + " is not installed");
        }
    }

    static void needRoot() throws IOException, InterruptedException {
        if (!must("id", "-u").equals("0")) {
            throw new Skipped("needs root");
        }
    }
}
