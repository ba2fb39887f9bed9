/**
 * Real drivers under torture: servers of both drivers meet what a machine, a network and an
 * attacker can do to them. Each row has a promise; it passes, fails, or is skipped with the reason.
 *
 * <p>./overlapped version && java proof/torture/Torture.java [--quick] [--driver uring|nio]
 * [--json] [--record] [--list] [--fault FAULT] [ROW...], with a JDK 25 and best as root. Some rows
 * take minutes; {@code --quick} takes about one for all. {@code --record} writes the results to
 * results.json. The exit code is 1 when a row failed. {@code --fault} puts a fault into the server,
 * {@code corrupt}, {@code leak} or {@code stall}, and then rows have to fail; each row runs once
 * with each fault that is named.
 */
static final List<Row> ROWS =
        List.of(
                Resets.row(),
                Weather.loss(),
                Weather.partition(),
                Enters.row(),
                EnterSuite.row(),
                Refusals.row(),
                Descriptors.row(),
                Restarts.row(),
                Stops.row(),
                ConnectCycles.row(),
                KernelLog.row());

final Set<String> flags = new HashSet<>();
final Set<String> names = new LinkedHashSet<>();
final Set<String> drivers = new LinkedHashSet<>();
final Set<String> faults = new LinkedHashSet<>();
final Map<String, Optional<String>> obstacles = new HashMap<>();
volatile Trial running;

void main(String[] arguments) throws Exception {
    if (!understood(arguments)) {
        System.exit(2);
    }
    if (flags.contains("--list")) {
        ROWS.forEach(row -> IO.println("%-12s %s".formatted(row.name(), row.promise())));
        return;
    }
    List<Result> results = runAll();
    if (!flags.contains("--json")) {
        IO.println(
                "%d passed, %d failed, %d skipped"
                        .formatted(
                                count(results, Result.Outcome.PASSED),
                                count(results, Result.Outcome.FAILED),
                                count(results, Result.Outcome.SKIPPED)));
    }
    System.exit(count(results, Result.Outcome.FAILED) > 0 ? 1 : 0);
}

boolean understood(String[] arguments) {
    Set<String> known = ROWS.stream().map(Row::name).collect(Collectors.toSet());
    for (int i = 0; i < arguments.length; i++) {
        String argument = arguments[i];
        if (argument.equals("--driver") && i + 1 < arguments.length) {
            drivers.add(arguments[++i]);
        } else if (argument.equals("--fault") && i + 1 < arguments.length) {
            faults.add(arguments[++i]);
        } else if (Set.of("--quick", "--json", "--record", "--list").contains(argument)) {
            flags.add(argument);
        } else if (known.contains(argument)) {
            names.add(argument);
        } else {
            System.err.println(
                    "torture: '"
                            + argument
                            + "' is neither a row ("
                            + ROWS.stream().map(Row::name).collect(Collectors.joining(", "))
                            + ") nor an option (--quick, --driver NAME, --fault NAME, --json, --record,"
                            + " --list)");
            return false;
        }
    }
    return true;
}

List<Result> runAll() throws Exception {
    Build build = Build.make(here());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> cleanUp(build)));
    KernelLog.begin();
    List<Result> results = new ArrayList<>();
    for (Row row : ROWS) {
        for (String driver : row.drivers()) {
            boolean wanted = names.isEmpty() || names.contains(row.name());
            if (wanted && (drivers.isEmpty() || driver.equals("-") || drivers.contains(driver))) {
                for (String fault : faults.isEmpty() ? Set.of("none") : faults) {
                    Result result = run(build, row, driver, fault);
                    results.add(result);
                    tell(build, result);
                }
            }
        }
    }
    if (flags.contains("--json")) {
        IO.println(Results.of(results, build).text());
    }
    return results;
}

void tell(Build build, Result result) throws Exception {
    (flags.contains("--json") ? System.err : System.out).println(result.text());
    if (flags.contains("--record")) {
        Results one = Results.of(List.of(result), build);
        one.merge(here().resolve("results.json"));
        one.append(here().resolveSibling("ledger.tsv"));
    }
}

Result run(Build build, Row row, String driver, String fault) {
    boolean quick = flags.contains("--quick");
    Trial trial = new Trial(build, driver, quick, fault);
    running = trial;
    long start = System.nanoTime();
    Result.Outcome outcome = Result.Outcome.PASSED;
    String reason = "";
    try (trial) {
        if (!driver.equals("-")) {
            obstacles.computeIfAbsent(driver, _ -> trial.obstacle()).ifPresent(Skipped::because);
        }
        row.body().run(trial);
    } catch (Skipped e) {
        outcome = Result.Outcome.SKIPPED;
        reason = e.getMessage();
    } catch (Exception e) {
        outcome = Result.Outcome.FAILED;
        reason = e instanceof Failed ? e.getMessage() : e.toString();
    }
    double seconds = Math.round((System.nanoTime() - start) / 1e8) / 10.0;
    return new Result(
            row,
            driver,
            quick,
            outcome,
            reason,
            trial.figures,
            trial.events,
            trial.faults,
            seconds);
}

void cleanUp(Build build) {
    Trial trial = running;
    if (trial != null) {
        trial.close();
    }
    build.delete();
}

long count(List<Result> results, Result.Outcome outcome) {
    return results.stream().filter(result -> result.outcome() == outcome).count();
}

Path here() {
    return Path.of(System.getProperty("torture.folder", "proof/torture"))
            .toAbsolutePath()
            .normalize();
}
