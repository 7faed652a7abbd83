package dev.stretcher.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.spi.Content;
import dev.stretcher.spi.FetchRequest;
import dev.stretcher.spi.Source;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an embedder may leave out of the class path. */
class OptionalLibrariesTest {
  private static final FetchRequest ALL = FetchRequest.all("test");

  @Test
  void httpNeedsNeitherAwsNorGoogle() throws Exception {
    try (ObjectServer server = new ObjectServer();
        URLClassLoader without = classPathWithout("awssdk|com/google|google-auth|gson")) {
      URI uri = server.put("a", new byte[] {1, 2, 3});

      try (Source http = source(without, "http");
          Content content = http.open(uri, ALL)) {
        assertThat(content.body().readAllBytes()).containsExactly(1, 2, 3);
      }
    }
  }

  @Test
  void s3NamesWhatIsMissing() throws Exception {
    try (URLClassLoader without = classPathWithout("awssdk");
        Source s3 = source(without, "s3")) {
      assertThatThrownBy(() -> s3.open(URI.create("s3://bucket/key"), ALL))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("add software.amazon.awssdk:s3 to the class path");
    }
  }

  @Test
  void anEmulatorNeedsNothingOfGoogle() throws Exception {
    try (GcsServer server = new GcsServer();
        URLClassLoader without = classPathWithout("com/google|google-auth|google-http|gson")) {
      server.put("bucket", "object", new byte[] {7});
      Map<String, String> environment = Map.of("STORAGE_EMULATOR_HOST", server.host());
      try (Source gs = gs(without, environment);
          Content content = gs.open(URI.create("gs://bucket/object"), ALL)) {
        assertThat(content.body().readAllBytes()).containsExactly(7);
      }
    }
  }

  private static Source gs(ClassLoader loader, Map<String, String> environment) throws Exception {
    Class<?> settings = loader.loadClass("dev.stretcher.sources.setting.HttpSettings");
    Object http = settings.getMethod("in", Map.class).invoke(null, environment);
    return (Source)
        loader
            .loadClass("dev.stretcher.sources.GcsSource")
            .getConstructor(settings)
            .newInstance(http);
  }

  /** Our own classes and their libraries, loaded anew, without some of them; the SPI is shared. */
  private static URLClassLoader classPathWithout(String left) {
    Pattern pattern = Pattern.compile(left);
    URL[] urls =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !pattern.matcher(entry).find())
            .map(OptionalLibrariesTest::url)
            .toArray(URL[]::new);
    return new URLClassLoader(urls, new SharedSpi());
  }

  private static URL url(String entry) {
    try {
      return new File(entry).toURI().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(entry, e);
    }
  }

  private static Source source(ClassLoader loader, String scheme) {
    List<Source> found =
        ServiceLoader.load(Source.class, loader).stream()
            .map(ServiceLoader.Provider::get)
            .filter(each -> each.schemes().contains(scheme))
            .toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  /** Has the JDK's classes, and of ours only those that the sources are used by. */
  private static final class SharedSpi extends ClassLoader {
    SharedSpi() {
      super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith("dev.stretcher.spi.")) {
        return OptionalLibrariesTest.class.getClassLoader().loadClass(name);
      }
      throw new ClassNotFoundException(name);
    }
  }
}
