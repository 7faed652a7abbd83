package dev.stretcher.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A jar with plug-ins in {@code lib} of the packaged agent. */
class PluginJarIT {
  @TempDir Path directory;
  private Path events;
  private Path home;
  private Path niceness;
  private SampleApp app;

  @BeforeEach
  void install() throws Exception {
    events = Files.createDirectory(directory.resolve("events"));
    niceness = directory.resolve("niceness");
    app =
        SampleApp.publish(
            directory, "by a plug-in", "commands: {post: ['nice >> %s']}".formatted(niceness));
    home = directory.resolve("home");
    Path installed = Launcher.path().getParent().getParent();
    Files.createDirectories(home.resolve("bin"));
    Files.copy(Launcher.path(), home.resolve("bin/stretcher"));
    Files.createDirectory(home.resolve("lib"));
    Files.createSymbolicLink(
        home.resolve("lib/dependencies"), installed.resolve("lib/dependencies"));
    try (Stream<Path> jars = Files.list(installed.resolve("lib"))) {
      for (Path jar : jars.filter(Files::isRegularFile).toList()) {
        Files.createSymbolicLink(home.resolve("lib").resolve(jar.getFileName()), jar);
      }
    }
  }

  /** Without the links, the directory can be deleted without a second look. */
  @AfterEach
  void removeLinks() throws IOException {
    try (Stream<Path> names = Files.list(home.resolve("lib"))) {
      for (Path link : names.filter(Files::isSymbolicLink).toList()) {
        Files.delete(link);
      }
    }
  }

  @Test
  void anEventSourceAndAHookRunnerOfAJarInLibAreUsedWhereTheConfigurationNamesThem()
      throws Exception {
    putPlugins();
    drop("first");

    Shell.Result deployed = agent();

    assertThat(deployed.output())
        .contains(
            "Waiting for events from directory:" + events,
            "Reading event: file first.event, ID directory:first.event:");
    assertThat(deployed.status()).as(deployed.output()).isZero();
    assertThat(app.deployed()).isEqualTo("by a plug-in");
    assertThat(niceness).hasContent(nicer());
  }

  @Test
  void anEventThatItDeliversAgainIsDeployedOnce() throws Exception {
    putPlugins();
    drop("first");
    agent();
    drop("first");

    Shell.Result again = agent();

    assertThat(again.output()).contains(" was handled before (succeeded at ");
    assertThat(again.status()).isZero();
    assertThat(niceness).hasContent(nicer());
  }

  @Test
  void withoutTheJarTheAgentSaysWhatItMisses() throws Exception {
    Shell.Result result = run("--events=queue://broker/deploys");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.output()).contains("there is no event source for 'queue'", "plug-in");

    Shell.Result runner = run("--hook-runner=nice");

    assertThat(runner.status()).isEqualTo(2);
    assertThat(runner.output()).contains("there is no hook runner 'nice'", "--hook-runner");
  }

  /** Returns what {@code nice} prints of a command that runs nicely. */
  private String nicer() throws Exception {
    int own = Integer.parseInt(Shell.in(directory).run("nice").output().strip());
    return Math.min(own + 10, 19) + "\n";
  }

  private void putPlugins() throws IOException {
    Path classes = Repository.root().resolve("examples/target/classes");
    try (JarOutputStream jar =
            new JarOutputStream(Files.newOutputStream(home.resolve("lib/plug-ins.jar")));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        jar.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, jar);
      }
    }
  }

  private void drop(String name) throws IOException {
    Path event =
        Files.writeString(directory.resolve(name + ".event"), app.manifest().toUri() + "\n");
    // What comes again has its time.
    Files.setLastModifiedTime(event, FileTime.fromMillis(0));
    Files.move(event, events.resolve(event.getFileName()));
  }

  private Shell.Result agent() throws Exception {
    Path config = directory.resolve("config.yml");
    Files.writeString(config, "events: directory:%s\nhook_runner: nice\n".formatted(events));
    Shell.Result trusted = Shell.in(directory).run("chmod", "go-w", config.toString());
    assertThat(trusted.status()).isZero();
    return run("--config=" + config);
  }

  private Shell.Result run(String flag) throws Exception {
    return Shell.in(directory)
        .with("STRETCHER_CACHE_DIR", "")
        .with("XDG_STATE_HOME", directory.resolve("state").toString())
        .with("TMPDIR", directory.toString())
        .with("JAVA_HOME", System.getProperty("java.home"))
        .run("", List.of(home.resolve("bin/stretcher").toString(), flag));
  }
}
