package dev.stretcher.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/**
 * {@code -DskipTests} skips all tests, those with the packaged agent too, and whatever is done only
 * for them. Surefire heeds it by itself, Failsafe because the parent says so.
 */
class SkippedTestsTest {
  private static final String TESTERS =
      "//plugin[artifactId='maven-surefire-plugin' or artifactId='maven-failsafe-plugin']";

  /** Phases in which tests run, or something is done for them. */
  private static final List<String> PHASES =
      List.of(
          "generate-test-sources",
          "process-test-sources",
          "generate-test-resources",
          "process-test-resources",
          "process-test-classes",
          "test",
          "pre-integration-test",
          "integration-test",
          "post-integration-test");

  private static Document pom(Path file) throws Exception {
    return DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(file.toFile());
  }

  /** Returns the texts of what an XPath finds. */
  private static List<String> texts(Document pom, String path) throws XPathExpressionException {
    NodeList found =
        (NodeList)
            XPathFactory.newDefaultInstance()
                .newXPath()
                .evaluate(path, pom, XPathConstants.NODESET);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      texts.add(found.item(i).getTextContent().strip());
    }
    return texts;
  }

  static Stream<Path> modules() throws Exception {
    Path root = Repository.root();
    return texts(pom(root.resolve("pom.xml")), "/project/modules/module").stream()
        .map(module -> root.resolve(module).resolve("pom.xml"));
  }

  @Test
  void theParentTellsFailsafe() throws Exception {
    Document parent = pom(Repository.root().resolve("pom.xml"));

    assertThat(texts(parent, "/project/properties/skipTests")).containsExactly("false");
    assertThat(
            texts(
                parent,
                "/project/build/pluginManagement//plugin[artifactId='maven-failsafe-plugin']"
                    + "/configuration/skipTests"))
        .containsExactly("${skipTests}");
    assertThat(texts(parent, TESTERS + "//skipTests")).containsExactly("${skipTests}");
    assertDecidesNothing(parent);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void noModuleDecidesOtherwise(Path module) throws Exception {
    Document pom = pom(module);

    assertThat(texts(pom, "//properties/skipTests | " + TESTERS + "//skipTests")).isEmpty();
    assertDecidesNothing(pom);
  }

  private static void assertDecidesNothing(Document pom) throws XPathExpressionException {
    assertThat(texts(pom, "//properties/skipITs | //properties/maven.test.skip")).isEmpty();
    assertThat(
            texts(
                pom,
                "%1$s//skip | %1$s//skipITs | %1$s//configuration[@combine.self='override']"
                    .formatted(TESTERS)))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void whatIsDoneForTestsIsSkippedWithThem(Path module) throws Exception {
    assertSkipped(pom(module));
  }

  @Test
  void soIsWhatTheParentDoes() throws Exception {
    assertSkipped(pom(Repository.root().resolve("pom.xml")));
  }

  private static void assertSkipped(Document pom) throws IOException, XPathExpressionException {
    for (String phase : PHASES) {
      String executions = "/project/build//execution[phase='%s']".formatted(phase);
      assertThat(texts(pom, executions + "[not(configuration/skip='${skipTests}')]/id"))
          .as(phase)
          .isEmpty();
    }
  }
}
