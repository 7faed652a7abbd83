package dev.stretcher.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.sources.setting.HttpSettings;
import dev.stretcher.spi.FetchRequest;
import dev.stretcher.spi.Source;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HttpSourceLifecycleTest {
  @Test
  void bothSourcesAreFoundByTheServiceLoader() {
    assertThat(ServiceLoader.load(Source.class))
        .hasAtLeastOneElementOfType(FileSource.class)
        .hasAtLeastOneElementOfType(HttpSource.class);
  }

  @Test
  void needsOkHttpOnlyToOpenSomething() throws Exception {
    URL classes = HttpSource.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes}, new WithoutOkHttp());
        Source source =
            (Source) loader.loadClass(HttpSource.class.getName()).getConstructor().newInstance()) {
      assertThat(source.getClass()).isNotEqualTo(HttpSource.class);
      assertThat(source.schemes()).containsExactlyInAnyOrder("http", "https");
      assertThatThrownBy(() -> source.open(URI.create("http://a/"), FetchRequest.all("test")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("OkHttp");
    }
  }

  private static final class WithoutOkHttp extends ClassLoader {
    WithoutOkHttp() {
      super(HttpSource.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("okhttp3.") || name.startsWith(HttpSource.class.getPackageName())) {
        throw new ClassNotFoundException(name);
      }
      return super.loadClass(name, resolve);
    }
  }

  @Test
  void cannotOpenAfterItWasClosed() {
    HttpSource source = new HttpSource();
    source.close();

    assertThatIllegalStateException()
        .isThrownBy(() -> source.open(URI.create("http://a/"), FetchRequest.all("test")))
        .withMessageContaining("closed");
  }

  @Test
  void keepsNoJvmAliveAndLeavesNoThreadBehind() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    Set<Thread> ours;
    try (ObjectServer server = new ObjectServer();
        HttpSource source = new HttpSource()) {
      Set<Thread> ofServer = new HashSet<>(Thread.getAllStackTraces().keySet());
      source.open(server.put("a", new byte[10]), FetchRequest.all("test")).close();
      ours = new HashSet<>(Thread.getAllStackTraces().keySet());
      ours.removeAll(before);
      ours.removeAll(ofServer);
      ours.removeIf(thread -> thread.getName().startsWith("MockWebServer"));
    }

    assertThat(ours).allMatch(Thread::isDaemon);
    assertThat(ours).anyMatch(thread -> thread.getName().equals("stretcher-http"));
    for (Thread thread : ours) {
      if (thread.getName().equals("stretcher-http")) {
        thread.join(20_000);
        assertThat(thread.isAlive()).isFalse();
      }
    }
  }

  @Test
  void refusesTimeoutsThatAreNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> HttpSettings.in(Map.of()).withTimeouts(Duration.ZERO, Duration.ofSeconds(1)))
        .withMessageContaining("at least 1 ms");
  }
}
