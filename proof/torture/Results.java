import module java.base;

/** Results in a file, a line each, so that a run of some rows replaces only those. */
record Results(List<String> lines) {
    static Results of(List<Result> results) throws IOException, InterruptedException {
        String date = LocalDate.now(ZoneOffset.UTC).toString();
        String commit = Commands.run("git", "describe", "--always", "--dirty").output();
        String kernel = System.getProperty("os.version");
        return new Results(results.stream().map(r -> r.json(date, commit, kernel)).toList());
    }

    String text() {
        return lines.stream().collect(Collectors.joining(",\n  ", "{\"results\": [\n  ", "\n]}"));
    }

    void merge(Path file) throws IOException {
        Map<String, String> all = new LinkedHashMap<>();
        if (Files.exists(file)) {
            Files.readAllLines(file).stream()
                    .map(line -> line.strip().replaceFirst(",$", ""))
                    .filter(line -> line.startsWith("{\"row\""))
                    .forEach(line -> all.put(key(line), line));
        }
        lines.forEach(line -> all.put(key(line), line));
        Files.writeString(file, new Results(List.copyOf(all.values())).text() + "\n");
    }

    /** Row and driver. */
    private static String key(String line) {
        return line.substring(0, line.indexOf(", \"promise\""));
    }
}
