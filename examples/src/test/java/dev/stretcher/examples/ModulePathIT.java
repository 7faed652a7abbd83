package dev.stretcher.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that is a module, as the documentation describes it, and fetches by http only. */
class ModulePathIT {
  private static final Pattern MODULE = Pattern.compile("(?s)\nmodule shop \\{.*?\n}\n");
  private static final Pattern HTTP_ONLY =
      Pattern.compile(
          "(stretcher-(core|sources|sync)|jackson-|snakeyaml|commons-(compress|codec|io|lang3)|xz-"
              + "|jspecify|okhttp|okio|kotlin-stdlib).*\\.jar");

  /**
   * What the module of Jackson's YAML requires, although its reader, and so the agent, does not.
   */
  private static final Pattern REQUIRED = Pattern.compile("jackson-(databind|annotations).*\\.jar");

  private static final Pattern CODE = Pattern.compile("stretcher-.*(?<!-javadoc|-sources)\\.jar");
  private static final String MAIN =
      """
      package shop;

      import dev.stretcher.Stretcher;
      import java.net.URI;

      public final class Main {
        public static void main(String[] args) throws Exception {
          try (Stretcher stretcher = Stretcher.builder().build()) {
            stretcher.deploy(URI.create(args[0]));
          }
        }
      }
      """;

  @TempDir Path directory;
  private WebDirectory server;
  private String modules;

  @BeforeEach
  void compile() throws Exception {
    server = WebDirectory.of(directory);
    Matcher described =
        MODULE.matcher(Files.readString(Repository.root().resolve("docs/how-to/embed.md")));
    assertThat(described.find()).as("embed.md has a module").isTrue();
    Path info = Files.writeString(directory.resolve("module-info.java"), described.group());
    Path main = Files.writeString(directory.resolve("Main.java"), MAIN);
    modules = jars();
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-p", modules, "-d", classes(), info + "", main + "");
    assertThat(status).isZero();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void startsAndDeploys() throws Exception {
    SampleApp app = SampleApp.publish(directory, "a module");
    String url = server.url();
    app.describe(url + "/app.tar.gz");

    Shell.Result result =
        Shell.in(directory)
            .with("TMPDIR", directory.toString())
            .run(
                ProcessHandle.current().info().command().orElseThrow(),
                "-p",
                classes() + File.pathSeparator + modules,
                "-m",
                "shop/shop.Main",
                url + "/app.yml");

    assertThat(result.output()).isEmpty();
    assertThat(result.status()).isZero();
    assertThat(app.deployed()).isEqualTo("a module");
  }

  @Test
  void noTwoJarsOfThisProjectHaveOneModuleName() throws Exception {
    List<String> names = new ArrayList<>();
    for (String module : List.of("core", "sources", "sync", "cli")) {
      for (Path jar : list(Repository.root().resolve("stretcher-" + module + "/target")).toList()) {
        if (CODE.matcher(jar.getFileName() + "").matches()) {
          try (JarFile file = new JarFile(jar.toFile())) {
            names.add(file.getManifest().getMainAttributes().getValue("Automatic-Module-Name"));
          }
        }
      }
    }

    assertThat(names)
        .containsExactlyInAnyOrder(
            "dev.stretcher",
            "dev.stretcher.contract",
            "dev.stretcher.sources",
            "dev.stretcher.sync",
            "dev.stretcher.cli",
            "dev.stretcher.cli.loggers");
  }

  private String classes() {
    return directory.resolve("classes").toString();
  }

  private static String jars() throws IOException {
    Path lib = Launcher.path().getParent().resolveSibling("lib");
    Stream<Path> packaged =
        Stream.of(lib, lib.resolve("dependencies"))
            .flatMap(ModulePathIT::list)
            .filter(jar -> HTTP_ONLY.matcher(jar.getFileName() + "").matches());
    Stream<Path> required =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(jar -> REQUIRED.matcher(jar.getFileName() + "").matches());
    return Stream.concat(packaged, required)
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Stream<Path> list(Path directory) {
    return List.of(directory.toFile().listFiles()).stream().map(File::toPath);
  }
}
