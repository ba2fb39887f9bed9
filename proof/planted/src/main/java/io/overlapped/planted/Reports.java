package io.overlapped.planted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What surefire leaves in a module.
 *
 * <p>Threads: any.
 */
final class Reports {
    private Reports() {}

    /**
     * The test that failed in the oldest report with a failure, as {@code CloseTest.aName(…)[2]}.
     */
    static Optional<String> firstFailure(Path folder) throws IOException {
        for (Path report : inOrder(folder)) {
            NodeList tests = read(report).getElementsByTagName("testcase");
            for (int i = 0; i < tests.getLength(); i++) {
                Element test = (Element) tests.item(i);
                if (has(test, "failure") || has(test, "error")) {
                    String type = test.getAttribute("classname").replaceAll(".*\\.", "");
                    return Optional.of(type + "." + test.getAttribute("name"));
                }
            }
        }
        return Optional.empty();
    }

    static void delete(Path folder) throws IOException {
        for (Path report : inOrder(folder)) {
            Files.delete(report);
        }
    }

    private static List<Path> inOrder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        record Report(Path file, FileTime written) {}
        List<Report> reports = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".xml")).toList()) {
                reports.add(new Report(file, Files.getLastModifiedTime(file)));
            }
        }
        reports.sort(Comparator.comparing(Report::written));
        return reports.stream().map(Report::file).toList();
    }

    private static boolean has(Element test, String tag) {
        return test.getElementsByTagName(tag).getLength() > 0;
    }

    private static Element read(Path report) throws IOException {
        try {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(report.toFile())
                    .getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("the report " + report + " cannot be read", e);
        }
    }
}
