package dev.stretcher.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.Stretcher;
import dev.stretcher.contract.SourceContract;
import dev.stretcher.contract.Tools;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The project that the page on plug-ins shows, as a reader makes it: apart from this build. */
class PluginProjectIT {
  private static final String VERSION = "0.1.0-SNAPSHOT";

  @TempDir Path directory;

  @Test
  void thePomAndTheFilesOfThePageAreAProjectThatPassesItsTests() throws Exception {
    Tools.require("mvn");
    Path project = Files.createDirectory(directory.resolve("project"));
    write(project);

    Shell.Result result =
        Shell.in(project)
            .with("JAVA_HOME", System.getProperty("java.home"))
            .run("mvn", "-o", "-B", "-Dmaven.repo.local=" + repository(), "package");

    assertThat(result.status()).as(result.output()).isZero();
    assertThat(result.output()).containsPattern("Tests run: [1-9][0-9]*, Failures: 0, Errors: 0");
  }

  /** The links are not what JUnit has to look into. */
  @AfterEach
  void removeLinks() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("repository"), 2)) {
      for (Path link : files.filter(Files::isSymbolicLink).toList()) {
        Files.delete(link);
      }
    }
  }

  private static void write(Path project) throws IOException {
    List<Fence> fences =
        Fence.in(Repository.root().resolve("docs/how-to/write-a-plugin.md")).stream()
            .filter(fence -> fence.marks().contains("plugin"))
            .toList();
    for (Fence fence : fences) {
      Path file = project.resolve(nameOf(fence));
      Files.createDirectories(file.getParent());
      Files.writeString(file, fence.text());
    }
  }

  private static String nameOf(Fence fence) {
    if (fence.language().equals("xml")) {
      return "pom.xml";
    }
    String type = JavaSnippet.typeOf(fence.text());
    return "src/%s/java/%s.java".formatted(type.endsWith("Test") ? "test" : "main", type);
  }

  /** Returns a local repository with the jars of this build, and with all others by links. */
  private Path repository() throws Exception {
    Path linked = Files.createDirectory(directory.resolve("repository"));
    link(ofThisBuild(), linked, "dev");
    Path dev = Files.createDirectory(linked.resolve("dev"));
    link(ofThisBuild().resolve("dev"), dev, "stretcher");
    Path root = Repository.root();
    install(dev, "stretcher-parent", root.resolve("pom.xml"), ".pom");
    install(dev, "stretcher-core", root.resolve("stretcher-core/pom.xml"), ".pom");
    install(dev, "stretcher-core", jarOf(Stretcher.class), ".jar");
    install(dev, "stretcher-core", jarOf(SourceContract.class), "-tests.jar");
    return linked;
  }

  private static void link(Path from, Path to, String besides) throws IOException {
    if (!Files.isDirectory(from)) {
      return;
    }
    try (Stream<Path> entries = Files.list(from)) {
      for (Path entry : entries.filter(each -> !each.endsWith(besides)).toList()) {
        Files.createSymbolicLink(to.resolve(entry.getFileName()), entry);
      }
    }
  }

  private static void install(Path dev, String artifact, Path file, String suffix)
      throws IOException {
    Path place = dev.resolve("stretcher/%s/%s".formatted(artifact, VERSION));
    Files.createDirectories(place);
    Files.copy(file, place.resolve(artifact + "-" + VERSION + suffix));
  }

  /** Returns the repository that this build takes its libraries from. */
  private static Path ofThisBuild() throws URISyntaxException {
    Path jar = jarOf(Test.class);
    // org/junit/jupiter/NAME/VERSION/FILE
    return jar.getRoot().resolve(jar.subpath(0, jar.getNameCount() - 6));
  }

  private static Path jarOf(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
