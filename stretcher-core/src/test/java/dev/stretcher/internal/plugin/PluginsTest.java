package dev.stretcher.internal.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.spi.Content;
import dev.stretcher.spi.FetchRequest;
import dev.stretcher.spi.Source;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginsTest {
  @TempDir private Path services;

  @Test
  void findsTheSourceOfASchemeInAnyLetterCase() throws IOException {
    Plugins plugins = discover(List.of(), First.class);

    assertThat(plugins.source(URI.create("ONE://x"))).get().isInstanceOf(First.class);
    assertThat(plugins.source(URI.create("two://x"))).isEmpty();
    assertThat(plugins.source(URI.create("relative"))).isEmpty();
  }

  @Test
  void aGivenOneBeatsADiscoveredOne() throws IOException {
    Second given = new Second();

    assertThat(discover(List.of(given), First.class).source(URI.create("one://x")))
        .containsSame(given);
  }

  @Test
  void twoDiscoveredOnesForOneSchemeAreAnErrorThatNamesBoth() {
    assertThatThrownBy(() -> discover(List.of(), First.class, Second.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'one'")
        .hasMessageContaining(First.class.getName())
        .hasMessageContaining(Second.class.getName());
  }

  @Test
  void oneThatDoesNotLoadIsReportedAndSkipped() throws IOException {
    Plugins plugins = discover(List.of(), Broken.class, First.class);

    assertThat(plugins.source(URI.create("one://x"))).isPresent();
    assertThat(plugins.warnings())
        .singleElement()
        .asString()
        .contains(Broken.class.getName())
        .contains("broken on purpose");
  }

  @Test
  void oneWhoseClassIsMissingIsReportedAndSkipped() throws IOException {
    write("no.such.Provider\n" + First.class.getName() + "\n");

    Plugins plugins = load(List.of());

    assertThat(plugins.source(URI.create("one://x"))).isPresent();
    assertThat(plugins.warnings()).singleElement().asString().contains("no.such.Provider");
  }

  private Plugins discover(List<Source> given, Class<?>... providers) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (Class<?> provider : providers) {
      lines.append(provider.getName()).append('\n');
    }
    write(lines.toString());
    return load(given);
  }

  private void write(String lines) throws IOException {
    Path file = services.resolve("META-INF/services/" + Source.class.getName());
    Files.createDirectories(file.getParent());
    Files.writeString(file, lines);
  }

  private Plugins load(List<Source> given) throws IOException {
    URL[] urls = {services.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, getClass().getClassLoader())) {
      return Plugins.discover(new Plugins.Given(given, List.of(), List.of()), loader);
    }
  }

  /** A provider. */
  public static class First implements Source {
    @Override
    public Set<String> schemes() {
      return Set.of("one");
    }

    @Override
    public Content open(URI uri, FetchRequest request) {
      return Content.of(InputStream.nullInputStream());
    }
  }

  /** Another provider for the same scheme. */
  public static final class Second extends First {}

  /** A provider that does not load. */
  public static final class Broken extends First {
    /** Fails. */
    public Broken() {
      throw new IllegalStateException("broken on purpose");
    }
  }
}
