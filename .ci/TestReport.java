import module java.base;
import module java.xml;

/**
 * Adds up the test reports below a folder. Prints what failed, what was skipped and why, and as its
 * last line the sums; the exit code is 1 when a test failed or none ran.
 */
final List<String> failed = new ArrayList<>();

final List<String> skipped = new ArrayList<>();
int cases;

void main(String[] args) throws Exception {
    try (var files = Files.walk(Path.of(args[0]))) {
        for (var file : files.filter(this::isReport).sorted().toList()) {
            add(file);
        }
    }
    failed.forEach(line -> IO.println("FAILED  " + line));
    skipped.forEach(line -> IO.println("skipped " + line));
    int passed = cases - failed.size() - skipped.size();
    IO.println("%d passed, %d failed, %d skipped".formatted(passed, failed.size(), skipped.size()));
    System.exit(failed.isEmpty() && passed > 0 ? 0 : 1);
}

boolean isReport(Path file) {
    return file.getParent().endsWith("target/surefire-reports")
            && file.getFileName().toString().matches("TEST-.*\\.xml");
}

void add(Path report) throws Exception {
    var tests =
            DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(report.toFile())
                    .getElementsByTagName("testcase");
    for (int i = 0; i < tests.getLength(); i++) {
        var test = (Element) tests.item(i);
        cases++;
        firstOf(test, "failure", "error").ifPresent(reason -> failed.add(line(test, reason)));
        firstOf(test, "skipped").ifPresent(reason -> skipped.add(line(test, reason)));
    }
}

Optional<Element> firstOf(Element test, String... tags) {
    return Arrays.stream(tags)
            .map(tag -> (Element) test.getElementsByTagName(tag).item(0))
            .filter(Objects::nonNull)
            .findFirst();
}

String line(Element test, Element reason) {
    var message = reason.getAttribute("message").strip();
    if (message.isEmpty()) {
        message = reason.getTextContent().strip();
    }
    if (message.isEmpty()) {
        message = reason.getAttribute("type").strip();
    }
    if (message.isEmpty()) {
        message = "no reason given";
    }
    return "%s.%s: %s"
            .formatted(
                    test.getAttribute("classname"),
                    test.getAttribute("name"),
                    message.lines().findFirst().orElse(""));
}
