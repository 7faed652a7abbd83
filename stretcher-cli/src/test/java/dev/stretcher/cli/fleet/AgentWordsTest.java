package dev.stretcher.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.option.Options;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.StretcherException;
import dev.stretcher.store.Membership;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a resident agent says while a service is away, and what it does not say again and again. */
class AgentWordsTest {
  private final List<String> said = new ArrayList<>();

  private Optional<String> name = Optional.empty();

  /** A service that says the name of this host, or is away. */
  private final class Service implements Membership {
    @Override
    public String self() throws IOException {
      return name.orElseThrow(() -> new IOException("connection refused"));
    }

    @Override
    public Set<String> alive() {
      return Set.of();
    }

    @Override
    public Set<String> having(String service) {
      return Set.of();
    }
  }

  private NodeName nameOfThisHost(Path state) {
    return new NodeName(Options.DEFAULT, Optional.of(new Service()), state, said::add);
  }

  @Test
  void aServiceThatDoesNotNameThisHostIsSaidOnceAndWhatItNamedIsRemembered(@TempDir Path state)
      throws Exception {
    NodeName node = nameOfThisHost(state);
    assertThat(node.within(Duration.ZERO)).isEmpty();
    assertThat(node.within(Duration.ZERO)).isEmpty();
    assertThat(said).containsExactly("connection refused");
    assertThat(node.reason()).isEqualTo("connection refused");

    name = Optional.of("web-1");
    assertThat(node.within(Duration.ZERO)).contains("web-1");
    name = Optional.empty();
    assertThat(nameOfThisHost(state).within(Duration.ZERO)).contains("web-1");
    assertThat(said).hasSize(1);
  }

  private static DeployEvent away(String why) {
    return new DeployEvent.NotStarted(
        new StretcherException.BadEvent(StretcherException.Failure.of(why)), Duration.ZERO);
  }

  @Test
  void eventsThatCannotBeReadAreSaidOnceUntilOneCame() {
    Events.Log log = new Events.Log(event -> said.add(event.getClass().getSimpleName()));
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 3; i++) {
        log.onEvent(new DeployEvent.Started("1"));
        log.onEvent(new DeployEvent.WaitingForEvent("consul"));
        log.onEvent(away("no leader"));
      }
      log.onEvent(new DeployEvent.Done());
    }

    assertThat(said).containsExactly("WaitingForEvent", "NotStarted", "Done", "NotStarted", "Done");
  }
}
