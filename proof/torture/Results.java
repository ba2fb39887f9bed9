import module java.base;

/** Results in a file, a line each, so that a run of some rows replaces only those. */
record Results(List<String> lines, List<String> ledger) {
    static Results of(List<Result> results, Build build) throws IOException {
        String date = LocalDate.now(ZoneOffset.UTC).toString();
        String commit = build.commit();
        String kernel = System.getProperty("os.version");
        return new Results(
                results.stream().map(r -> r.json(date, commit, kernel)).toList(),
                results.stream().map(r -> r.ledger(date, commit)).toList());
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
        Files.writeString(file, new Results(List.copyOf(all.values()), List.of()).text() + "\n");
    }

    /** Adds the lines of the ledger. */
    void append(Path file) throws IOException {
        Files.write(file, ledger, StandardOpenOption.APPEND);
    }

    /** Row and driver. */
    private static String key(String line) {
        return line.substring(0, line.indexOf(", \"promise\""));
    }
}
