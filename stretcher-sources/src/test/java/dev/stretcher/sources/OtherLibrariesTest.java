package dev.stretcher.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.sources.internal.http.HttpLibrary;
import dev.stretcher.spi.Content;
import dev.stretcher.spi.FetchRequest;
import dev.stretcher.spi.Source;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import okhttp3.OkHttp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A class path that has other libraries than those that the sources were compiled with. */
class OtherLibrariesTest {
  private static final FetchRequest ALL = FetchRequest.all("Stretcher/test");

  @ParameterizedTest
  @CsvSource({
    "dev.stretcher.sources.HttpSource, http://127.0.0.1:1/x",
    "dev.stretcher.sources.S3Source, s3://bucket/x",
    "dev.stretcher.sources.GcsSource, gs://bucket/x"
  })
  void anOlderLibraryOfKotlinIsNamedWithTheVersionThatIsWanted(String source, URI uri)
      throws Exception {
    // As kotlin-stdlib 1.6, which Spring Boot 2.7 has its build use.
    try (Loader loader = new Loader(name -> name.startsWith("kotlin.enums."));
        Source older = loader.source(source)) {
      assertThatThrownBy(() -> older.open(uri, ALL))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContainingAll(
              "OkHttp " + OkHttp.VERSION,
              "there are okhttp-jvm-",
              "kotlin-stdlib-",
              "kotlin/enums/",
              "mvn dependency:tree")
          .hasCauseInstanceOf(NoClassDefFoundError.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "dev.stretcher.sources.HttpSource, http://127.0.0.1:1/x",
    "dev.stretcher.sources.S3Source, s3://bucket/x",
    "dev.stretcher.sources.GcsSource, gs://bucket/x"
  })
  void aMissingLibraryIsNamed(String source, URI uri) throws Exception {
    try (Loader loader = new Loader(name -> name.startsWith("okhttp3."));
        Source without = loader.source(source)) {
      assertThatThrownBy(() -> without.open(uri, ALL))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContainingAll("OkHttp " + OkHttp.VERSION, "no okhttp3.OkHttpClient");
    }
  }

  @Test
  void aMethodThatAnotherVersionDoesNotHaveIsExplained() {
    NoSuchMethodError older =
        new NoSuchMethodError("'okhttp3.Headers okhttp3.Headers.of(java.lang.String[])'");

    assertThat(HttpLibrary.explained(older)).hasMessageContaining("okhttp3.Headers.of");
  }

  @Test
  void anErrorThatOnlyItsCauseOrItsPlaceTellsIsExplained() {
    LinkageError start =
        new ExceptionInInitializerError(new NoSuchMethodError("'void kotlin.Unit.none()'"));
    NoSuchFieldError field = new NoSuchFieldError("INSTANCE");
    field.setStackTrace(
        new StackTraceElement[] {new StackTraceElement("okio.Buffer", "read", "Buffer.kt", 1)});

    assertThat(HttpLibrary.explained(start)).hasMessageContaining("OkHttp " + OkHttp.VERSION);
    assertThat(HttpLibrary.explained(field)).hasMessageContaining("OkHttp " + OkHttp.VERSION);
  }

  @Test
  void anErrorWhileTheBodyIsReadOrClosedIsExplained() {
    InputStream body =
        new InputStream() {
          @Override
          public int read() {
            throw new NoSuchMethodError("'int okio.Buffer.read()'");
          }

          @Override
          public void close() {
            throw new NoSuchMethodError("'void okio.Buffer.close()'");
          }
        };
    Content content = HttpLibrary.explaining(Content.of(body));

    assertThatThrownBy(() -> content.body().read(new byte[8]))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("OkHttp " + OkHttp.VERSION, "okio.Buffer.read");
    assertThatThrownBy(() -> content.body().read())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("okio.Buffer.read");
    assertThatThrownBy(content::close)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("okio.Buffer.close");
  }

  @Test
  void anErrorOfSomethingElseStaysWhatItIs() {
    LinkageError other = new NoClassDefFoundError("com/example/Missing");

    assertThatThrownBy(() -> HttpLibrary.explained(other)).isSameAs(other);
  }

  /** Loads the sources and what they use anew, without some classes. */
  private static final class Loader extends URLClassLoader {
    private static final List<String> OURS =
        List.of("dev.stretcher.sources.", "okhttp3.", "okio.", "kotlin.", "software.amazon.");

    private final Predicate<String> missing;

    Loader(Predicate<String> missing) throws MalformedURLException {
      super(classPath(), OtherLibrariesTest.class.getClassLoader());
      this.missing = missing;
    }

    private static URL[] classPath() throws MalformedURLException {
      List<URL> urls = new ArrayList<>();
      for (String name : System.getProperty("java.class.path").split(File.pathSeparator)) {
        urls.add(Path.of(name).toUri().toURL());
      }
      return urls.toArray(URL[]::new);
    }

    Source source(String name) throws ReflectiveOperationException {
      return (Source) loadClass(name).getConstructor().newInstance();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (missing.test(name)) {
        throw new ClassNotFoundException(name);
      }
      if (OURS.stream().noneMatch(name::startsWith)) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }
}
