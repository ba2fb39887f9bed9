import module java.base;

/** The suite of the contract while the system call that drives a ring fails now and then. */
final class EnterSuite {
    private static final String SUITE =
            "io.overlapped.conformance.*Test,!SingleFaultTest,!DescriptorsTest,!GuardTest";
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    /** Which error, and every how many calls. */
    private record Fault(String error, int every) {}

    private static final List<Fault> FAULTS =
            List.of(new Fault("EINTR", 2), new Fault("EAGAIN", 5), new Fault("EBUSY", 3));

    private EnterSuite() {}

    static Row row() {
        return new Row(
                "enter-suite",
                "the suite of the contract does not notice, on any configuration",
                "strace makes every 2nd to 5th io_uring_enter of the suite fail with EINTR, EAGAIN"
                        + " or EBUSY",
                List.of("uring"),
                EnterSuite::run);
    }

    private static void run(Trial trial) throws Exception {
        if (trial.quick) {
            throw new Skipped("takes minutes: run it without --quick");
        }
        Commands.need("strace", "-o", "/dev/null", "true");
        Commands.need("mvn", "--version");
        for (Fault fault : FAULTS) {
            run(trial, fault);
        }
    }

    private static void run(Trial trial, Fault fault) throws Exception {
        String name = fault.error() + " every " + fault.every();
        Path calls = trial.build().folder().resolve("calls-" + fault.error());
        List<String> command =
                List.of(
                        "env",
                        "JAVA_HOME=" + System.getProperty("java.home"),
                        "mvn",
                        "-B",
                        "-o",
                        "-f",
                        trial.build().root().resolve("pom.xml").toString(),
                        "-pl",
                        "library/conformance",
                        "-am",
                        "test",
                        "-Dtest=" + SUITE,
                        "-Dsurefire.failIfNoSpecifiedTests=false",
                        "-Djvm=" + tracedJava(trial, fault, calls));
        Commands.Result result = Commands.run(TIMEOUT, command);
        Matcher tests =
                Pattern.compile("Tests run: (\\d+), Failures: (\\d+), Errors: (\\d+)[^\\n]*$")
                        .matcher("");
        String last =
                result.output()
                        .lines()
                        .filter(line -> line.contains("Tests run:") && !line.contains(" in "))
                        .reduce("", (_, line) -> line);
        Failed.unless(
                result.status() == 0 && tests.reset(last).find(),
                name + ": status " + result.status() + ", " + failures(result.output()));
        long injected = Enters.injected(calls);
        Failed.unless(injected > 0, name + ": no call failed");
        trial.figures.put(name + " tests", Integer.parseInt(tests.group(1)));
        trial.figures.put(name + " failuresInjected", injected);
        trial.events += Integer.parseInt(tests.group(1));
        trial.faults += injected;
    }

    private static String failures(String output) {
        return output.lines()
                .filter(line -> line.contains("ERROR") || line.contains("FAIL"))
                .limit(20)
                .collect(Collectors.joining("; "));
    }

    /** A java that runs under the tracer. */
    private static Path tracedJava(Trial trial, Fault fault, Path calls) throws IOException {
        Path java = trial.build().folder().resolve("traced/bin/java");
        Files.createDirectories(java.getParent());
        String inject =
                "inject=io_uring_enter:error="
                        + fault.error()
                        + ":when="
                        + fault.every()
                        + "+"
                        + fault.every();
        Files.writeString(
                java,
                """
                #!/bin/sh
                exec strace -f --seccomp-bpf -qq -o %s -e trace=io_uring_enter -e %s %s "$@"
                """
                        .formatted(calls, inject, Commands.JAVA.resolve("java")));
        Failed.unless(java.toFile().setExecutable(true), "the script cannot be made executable");
        return java;
    }
}
