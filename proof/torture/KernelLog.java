import module java.base;

/** What the kernel has to say of all this. */
final class KernelLog {
    private static final Pattern COMPLAINT =
            Pattern.compile(
                    "BUG:|WARNING:|Oops|general protection|refcount_t|rcu.*stall|hung task");

    private static List<String> before = List.of();

    private KernelLog() {}

    static Row row() {
        return new Row(
                "kernel-log",
                "no BUG, WARNING or Oops",
                "dmesg is read before the first row and after the last",
                List.of("-"),
                KernelLog::run);
    }

    static void begin() throws IOException, InterruptedException {
        before = Commands.run("dmesg").output().lines().toList();
    }

    private static void run(Trial trial) throws Exception {
        Commands.need("dmesg");
        List<String> lines = new ArrayList<>(Commands.must("dmesg").lines().toList());
        lines.removeAll(before);
        List<String> complaints =
                lines.stream().filter(line -> COMPLAINT.matcher(line).find()).toList();
        trial.figures.put("newLines", lines.size());
        trial.figures.put("complaints", complaints.size());
        Failed.unless(complaints.isEmpty(), String.join("; ", complaints));
    }
}
