package dev.stretcher.internal.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.spi.DeployRequest;
import dev.stretcher.spi.EventSource;
import dev.stretcher.spi.EventSourceProvider;
import dev.stretcher.spi.Hook;
import dev.stretcher.spi.HookRunner;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChosenPluginsTest {
  private static final URI MANIFEST = URI.create("https://example.com/app.yml");

  @TempDir private Path services;

  @Test
  void aHookRunnerIsChosenByItsName() throws Exception {
    ChosenPlugins plugins = plugins(HookRunner.class, Named.class, Unnamed.class);

    assertThat(plugins.hookRunner("named")).isInstanceOf(Named.class);
    assertThat(plugins.hookRunner(Unnamed.class.getName())).isInstanceOf(Unnamed.class);
  }

  @Test
  void aHookRunnerThatIsNotThereIsNamedWithThoseThatAre() throws Exception {
    ChosenPlugins plugins = plugins(HookRunner.class, Named.class);

    assertThatThrownBy(() -> plugins.hookRunner("nmaed"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(
            "no hook runner 'nmaed'", "hook-runner", "plug-ins have ", "named");
  }

  @Test
  void whatDoesNotLoadIsPartOfTheMessage() throws Exception {
    write(HookRunner.class, "no.such.Runner\n");

    assertThatThrownBy(() -> plugins().hookRunner("named"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("no hook runner 'named'", "no.such.Runner");
  }

  @Test
  void eventSourcesAreOpenedByTheSchemeOfTheirAddress() throws Exception {
    EventSources sources = sources(Map.of("PLACE", "here"));

    EventSource events = sources.at(URI.create("LIST:///a?token=s3cret"));

    assertThat(events.name()).isEqualTo("LIST:///a");
    assertThat(Lists.opened).isZero();
    assertThat(events.next()).contains(DeployRequest.of(MANIFEST, "here", "list:/a"));
    assertThat(events.next()).isEmpty();
    assertThat(Lists.opened).isEqualTo(1);
    List<String> failures = new ArrayList<>();
    sources.close(failures::add);
    assertThat(failures)
        .containsExactly("closing the events of LIST:///a failed: broken on purpose");
  }

  @Test
  void anAddressHasOneSourceUntilItIsClosed() throws Exception {
    EventSources sources = sources(Map.of());
    URI address = URI.create("list:/a");

    EventSource first = sources.at(address);
    assertThat(sources.at(address)).isSameAs(first);
    first.close();

    assertThat(sources.at(address)).isNotSameAs(first);
  }

  @Test
  void anErrorOfAPlugInThatClosesIsReportedAsAFailure() throws Exception {
    EventSources sources =
        new EventSources(plugins(EventSourceProvider.class, Torn.class), Map.of());
    sources.at(URI.create("torn:/a")).next();
    List<String> failures = new ArrayList<>();

    sources.close(failures::add);

    assertThat(failures).singleElement().asString().contains("torn:/a failed", "NoClassDefFound");
  }

  @Test
  void anAddressThatNoPlugInKnowsIsRefusedAtOnce() throws Exception {
    EventSources sources = sources(Map.of());

    assertThatThrownBy(() -> sources.at(URI.create("queue://host/topic")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("no event source for 'queue'", "plug-ins have ", "list");
  }

  @Test
  void twoForAnotherSchemeDoNotMatter() throws Exception {
    ChosenPlugins plugins =
        plugins(EventSourceProvider.class, Lists.class, Torn.class, AlsoTorn.class);

    assertThat(plugins.eventSources(URI.create("list:/a"))).isInstanceOf(Lists.class);
    assertThatThrownBy(() -> plugins.eventSources(URI.create("torn:/a")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("'torn'", Torn.class.getName(), AlsoTorn.class.getName())
        .hasMessageNotContaining("builder");
  }

  @Test
  void oneThatDoesNotTellItsNameIsSkippedAndToldIfNoOtherHasIt() throws Exception {
    ChosenPlugins plugins = plugins(HookRunner.class, Nameless.class, Named.class);

    assertThat(plugins.hookRunner("named")).isInstanceOf(Named.class);
    assertThatThrownBy(() -> plugins.hookRunner("nmaed"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("skipped the plug-in", Nameless.class.getName());
  }

  private EventSources sources(Map<String, String> environment) throws IOException {
    Lists.opened = 0;
    return new EventSources(plugins(EventSourceProvider.class, Lists.class), environment);
  }

  private ChosenPlugins plugins(Class<?> service, Class<?>... providers) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (Class<?> provider : providers) {
      lines.append(provider.getName()).append('\n');
    }
    write(service, lines.toString());
    return plugins();
  }

  private void write(Class<?> service, String lines) throws IOException {
    Path file = services.resolve("META-INF/services/" + service.getName());
    Files.createDirectories(file.getParent());
    Files.writeString(file, lines);
  }

  private ChosenPlugins plugins() throws IOException {
    URL[] urls = {services.toUri().toURL()};
    return new ChosenPlugins(new URLClassLoader(urls, getClass().getClassLoader()));
  }

  /** A runner with a name. */
  public static final class Named implements HookRunner {
    @Override
    public String name() {
      return "named";
    }

    @Override
    public int run(Hook hook) {
      return 0;
    }
  }

  /** A runner without one. */
  public static final class Unnamed implements HookRunner {
    @Override
    public int run(Hook hook) {
      return 0;
    }
  }

  /** A runner whose name is null. */
  public static final class Nameless implements HookRunner {
    @Override
    @SuppressWarnings("NullAway")
    public String name() {
      return null;
    }

    @Override
    public int run(Hook hook) {
      return 0;
    }
  }

  /** Sources of one event. */
  public static final class Lists implements EventSourceProvider {
    private static int opened;

    @Override
    public Set<String> schemes() {
      return Set.of("list");
    }

    @Override
    public EventSource open(URI address, Map<String, String> environment) {
      opened++;
      return new One(
          DeployRequest.of(
              MANIFEST, environment.getOrDefault("PLACE", ""), "list:" + address.getPath()));
    }
  }

  /** Sources that need a class that is not there. */
  public static class Torn implements EventSourceProvider {
    @Override
    public Set<String> schemes() {
      return Set.of("TORN");
    }

    @Override
    public EventSource open(URI address, Map<String, String> environment) {
      return new EventSource() {
        @Override
        public String name() {
          return "torn";
        }

        @Override
        public Optional<DeployRequest> next() {
          return Optional.empty();
        }

        @Override
        public void close() {
          throw new NoClassDefFoundError("com/example/Missing");
        }
      };
    }
  }

  /** Another one for the same scheme. */
  public static final class AlsoTorn extends Torn {}

  private static final class One implements EventSource {
    private Optional<DeployRequest> event;

    One(DeployRequest event) {
      this.event = Optional.of(event);
    }

    @Override
    public String name() {
      return "one";
    }

    @Override
    public Optional<DeployRequest> next() {
      Optional<DeployRequest> next = event;
      event = Optional.empty();
      return next;
    }

    @Override
    public void close() throws IOException {
      throw new IOException("broken on purpose");
    }
  }
}
