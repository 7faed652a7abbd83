package dev.stretcher.cli.invocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.cli.Main;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class PluginLoaderTest {
  private static final String SERVICE = "META-INF/services/com.example.Service";

  @TempDir Path home;

  @Test
  void looksForPlugInsInLibAndInDirectoriesOfClasses() throws Exception {
    Path plugin = jar("lib/plugin.jar");
    Path dependency = jar("lib/dependencies/dependency.jar");
    Path classes = home.resolve("classes");
    Files.createDirectories(classes.resolve(SERVICE).getParent());
    Files.writeString(classes.resolve(SERVICE), "");

    List<URL> found = find(plugin, dependency, classes);

    assertThat(found)
        .extracting(URL::toString)
        .containsExactly(
            "jar:" + plugin.toUri().toURL() + "!/" + SERVICE,
            classes.resolve(SERVICE).toUri().toURL().toString());
  }

  @Test
  void loadsClassesFromTheClassPath() throws Exception {
    assertThat(PluginLoader.ofClassPath().loadClass(Main.class.getName())).isSameAs(Main.class);
  }

  @Test
  void doesNotMindTheRootInTheClassPath() throws Exception {
    assertThat(find(Path.of("/"))).isEmpty();
  }

  @Test
  @Timeout(20)
  void doesNotWaitForANamedPipe() throws Exception {
    Path plugin = jar("lib/plugin.jar");
    Path pipe = home.resolve("lib/pipe.jar");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    assertThat(find(pipe, plugin)).hasSize(1);
  }

  private static List<URL> find(Path... classPath) throws IOException {
    String names =
        String.join(File.pathSeparator, List.of(classPath).stream().map(Path::toString).toList());
    return Collections.list(PluginLoader.of(names).getResources(SERVICE));
  }

  private Path jar(String name) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
      jar.putNextEntry(new JarEntry(SERVICE));
    }
    return file;
  }
}
