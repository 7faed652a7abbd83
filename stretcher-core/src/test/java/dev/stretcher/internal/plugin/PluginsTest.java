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
import java.util.Objects;
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

  @Test
  void oneWhoseClassNeedsAnotherThatIsMissingIsReportedAndSkipped() throws IOException {
    write(Orphan.class.getName() + "\n" + First.class.getName() + "\n");

    Plugins plugins = load(List.of());

    assertThat(plugins.source(URI.create("one://x"))).isPresent();
    assertThat(plugins.warnings())
        .singleElement()
        .asString()
        .contains("NoClassDefFoundError", Parent.class.getSimpleName());
  }

  @Test
  void oneThatDoesNotTellItsSchemesIsReportedAndSkipped() throws IOException {
    Plugins plugins = discover(List.of(), Silent.class, Upper.class);

    assertThat(plugins.source(URI.create("one://x"))).get().isInstanceOf(Upper.class);
    assertThat(plugins.warnings())
        .singleElement()
        .asString()
        .contains(Silent.class.getName(), "broken on purpose");
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
    try (URLClassLoader loader = new URLClassLoader(urls, new WithoutParent())) {
      return Plugins.discover(new Plugins.Given(given, List.of(), List.of()), loader);
    }
  }

  /** Loads a class of this test itself, without its superclass. */
  private static final class WithoutParent extends ClassLoader {
    WithoutParent() {
      super(PluginsTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.equals(Parent.class.getName())) {
        throw new ClassNotFoundException(name);
      }
      return name.equals(Orphan.class.getName()) ? define(name) : super.loadClass(name, resolve);
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      String file = "/" + name.replace('.', '/') + ".class";
      try (InputStream in = PluginsTest.class.getResourceAsStream(file)) {
        byte[] bytes = Objects.requireNonNull(in).readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  /** What is missing. */
  public static class Parent extends First {}

  /** A provider whose superclass is missing. */
  public static final class Orphan extends Parent {}

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

  /** A provider that writes its scheme in capitals. */
  public static final class Upper extends First {
    @Override
    public Set<String> schemes() {
      return Set.of("ONE");
    }
  }

  /** A provider that fails to tell its schemes. */
  public static final class Silent extends First {
    @Override
    public Set<String> schemes() {
      throw new IllegalStateException("broken on purpose");
    }
  }

  /** A provider that does not load. */
  public static final class Broken extends First {
    /** Fails. */
    public Broken() {
      throw new IllegalStateException("broken on purpose");
    }
  }
}
