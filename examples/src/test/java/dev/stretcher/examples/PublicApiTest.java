package dev.stretcher.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A change of what programs and plug-ins may use is a change of a file, which a review sees. */
class PublicApiTest {
  private static final String RECORD = "stretcher.api.record";

  @Test
  void theRecordedApiIsTheOneThatIsCompiled() throws Exception {
    List<String> api = new ArrayList<>();
    for (String name : PublicApi.names()) {
      List<Class<?>> types = PublicApi.types(name);
      assertThat(types).as("public types of %s, which VERSIONING names", name).isNotEmpty();
      api.add("package " + types.get(0).getPackageName());
      types.forEach(type -> api.addAll(ApiText.of(type)));
      api.add("");
    }
    if (Boolean.getBoolean(RECORD)) {
      Files.write(file(), api);
    }
    assertThat(file())
        .as(
            "The public API is another than the one that is recorded. If VERSIONING.md allows the"
                + " change, run this test with -D%s=true, and commit the file",
            RECORD)
        .hasContent(String.join("\n", api) + "\n");
  }

  @Test
  void versioningSaysOfEachPackageWhetherItCounts() throws Exception {
    String page = Files.readString(Repository.root().resolve("VERSIONING.md"));
    for (String module : List.of("stretcher-core", "stretcher-sources", "stretcher-sync")) {
      assertThat(packages(Repository.root().resolve(module + "/src/main/java")))
          .isNotEmpty()
          .filteredOn(name -> !name.contains(".internal"))
          .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
    }
  }

  private static List<String> packages(Path sources) throws IOException {
    try (Stream<Path> files = Files.walk(sources)) {
      return files
          .filter(file -> file.endsWith("package-info.java"))
          .map(file -> sources.relativize(file.getParent()).toString().replace('/', '.'))
          .toList();
    }
  }

  @Test
  void theReferenceHasEachPackageAndType() throws Exception {
    String page = Files.readString(Repository.root().resolve("docs/reference/api.md"));
    for (String name : PublicApi.names()) {
      assertThat(page).contains("| `" + name + "` |");
    }
  }

  private static Path file() throws IOException {
    return Repository.root().resolve("docs/reference/api.txt");
  }
}
