package io.overlapped.consumers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** What is said about the library where it is published. */
class PomsTest {
    static Stream<String> modules() {
        return Published.MODULES.stream();
    }

    static Stream<String> published() {
        return Stream.concat(Published.MODULES.stream(), Stream.of("bom"));
    }

    @ParameterizedTest
    @MethodSource("published")
    void aPomStandsAloneAndSaysWhatItIsAndWhoseUnderWhichLicence(String module) throws Exception {
        Document pom = read(Published.pom(module));
        assertEquals(List.of(), texts(pom, "/project/parent"));
        for (String element :
                List.of(
                        "name",
                        "description",
                        "licenses/license/name",
                        "licenses/license/url",
                        "developers/developer/name",
                        "organization/name",
                        "scm/connection")) {
            List<String> said = texts(pom, "/project/" + element);
            assertFalse(said.isEmpty(), module + " has no " + element);
            assertFalse(said.getFirst().isBlank() || said.getFirst().contains("${"), element);
        }
    }

    @ParameterizedTest
    @MethodSource("published")
    void aModuleBringsOurOwnModulesAndTheAnnotationsAndNothingElse(String module) throws Exception {
        Document pom = read(Published.pom(module));
        List<String> brought = texts(pom, "/project/dependencies/dependency/groupId");
        assertTrue(List.of("io.overlapped", "org.jspecify").containsAll(brought), module + brought);
        assertEquals(!module.equals("bom"), brought.contains("org.jspecify"), module + brought);
        List<String> scopes = texts(pom, "/project/dependencies/dependency/scope");
        assertTrue(List.of("compile").containsAll(scopes), module + scopes);
        assertEquals(List.of(), texts(pom, "/project/dependencies/dependency/optional[.='true']"));
    }

    @Test
    void theBomPinsEveryModuleOfTheLibraryAndNothingElse() throws Exception {
        Document bom = read(Published.pom("bom"));
        String pinned = "/project/dependencyManagement/dependencies/dependency/";
        List<String> groups = texts(bom, pinned + "groupId");
        assertEquals(List.of("io.overlapped"), groups.stream().distinct().toList());
        assertEquals(
                new TreeSet<>(
                        Published.MODULES.stream().map(name -> "overlapped-" + name).toList()),
                new TreeSet<>(texts(bom, pinned + "artifactId")));
        assertEquals(
                List.of(Published.VERSION),
                texts(bom, pinned + "version").stream().distinct().toList());
    }

    @Test
    void whatIsPublishedIsEveryModuleOfTheLibraryButItsTests() throws Exception {
        try (Stream<Path> modules = Files.list(Path.of("../../library"))) {
            assertEquals(
                    new TreeSet<>(Published.MODULES),
                    new TreeSet<>(
                            modules.filter(module -> Files.exists(module.resolve("src/main/java")))
                                    .map(module -> module.getFileName().toString())
                                    .toList()));
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void aJarContainsTheLicence(String module) throws Exception {
        assumeTrue(Published.hasJars(), "no jars were built: mvn verify builds them first");
        try (JarFile jar = new JarFile(Published.jar(module).toFile())) {
            assertNotNull(jar.getEntry("META-INF/LICENSE"), jar.getName());
        }
    }

    private static Document read(Path pom) throws Exception {
        return DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(pom.toFile());
    }

    private static List<String> texts(Document pom, String path) throws Exception {
        XPath query = XPathFactory.newDefaultInstance().newXPath();
        NodeList found = (NodeList) query.evaluate(path, pom, XPathConstants.NODESET);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> found.item(i).getTextContent().strip())
                .toList();
    }
}
