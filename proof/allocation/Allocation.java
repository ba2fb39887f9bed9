import module java.base;

/**
 * What an echo allocates, in each style, by JMH and its gc profiler.
 *
 * <p>java proof/allocation/Allocation.java [uring|nio], with a JDK 25 and Maven; without a driver,
 * uring; best on a machine that does nothing else. It builds what it measures first, then takes
 * about two minutes. The exit code is 1 when a style on uring allocates something of ours, 2 when
 * the driver does not run here.
 */
static final Duration BUILD_MAX = Duration.ofMinutes(8);

static final Duration RUN_MAX = Duration.ofMinutes(6);
static final String JAVA_HOME = System.getProperty("java.home");

void main(String[] arguments) throws Exception {
    if (arguments.length > 1 || !Set.of("uring", "nio").containsAll(List.of(arguments))) {
        System.err.println("usage: java proof/allocation/Allocation.java [uring|nio]");
        System.exit(2);
    }
    Path here = Path.of("proof", "allocation").toAbsolutePath();
    Path root = Path.of("").toAbsolutePath();
    if (!Files.exists(here.resolve("pom.xml"))) {
        System.err.println("allocation: start it in the root of the project");
        System.exit(2);
    }
    System.err.println("building …");
    int built =
            run(
                    BUILD_MAX,
                    root,
                    List.of(
                            "mvn",
                            "-q",
                            "-B",
                            "-ntp",
                            "-Dmaven.test.skip=true",
                            "-pl",
                            "proof/allocation",
                            "-am",
                            "package"));
    if (built != 0) {
        System.err.println("allocation: the build failed");
        System.exit(2);
    }
    System.err.println("measuring, about two minutes …");
    List<String> command = new ArrayList<>();
    command.add(Path.of(JAVA_HOME, "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    // JMH is older than the warning.
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-cp");
    Path target = here.resolve("target");
    command.add(target.resolve("classes") + File.pathSeparator + target.resolve("modules/*"));
    command.add("io.overlapped.allocation.AllocationTable");
    command.addAll(List.of(arguments));
    System.exit(run(RUN_MAX, root, command));
}

/** Runs it and gives its exit code; ends it, and what it started, when the time is over. */
static int run(Duration most, Path folder, List<String> command)
        throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).directory(folder.toFile()).inheritIO();
    builder.environment().put("JAVA_HOME", JAVA_HOME);
    builder.environment().putIfAbsent("MAVEN_OPTS", "--sun-misc-unsafe-memory-access=allow");
    Process process;
    try {
        process = builder.start();
    } catch (IOException e) {
        throw new IOException(command.getFirst() + " is needed and was not found", e);
    }
    var end = new Thread(() -> end(process));
    Runtime.getRuntime().addShutdownHook(end);
    if (!process.waitFor(most)) {
        System.err.println(
                "allocation: ended, as it took more than " + most.toMinutes() + " minutes");
        System.exit(2);
    }
    Runtime.getRuntime().removeShutdownHook(end);
    return process.exitValue();
}

static void end(Process process) {
    List<ProcessHandle> started = process.descendants().toList();
    process.destroy();
    started.forEach(ProcessHandle::destroy);
}
