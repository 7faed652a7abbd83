package dev.stretcher.sources.internal.consul;

import dev.stretcher.process.Interrupts;
import dev.stretcher.spi.DeployRequest;
import dev.stretcher.spi.EventSource;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * The user events of one name, as {@code consul watch -type=event -name=NAME} hands them out, see
 * <a href="https://developer.hashicorp.com/consul/api-docs/event">Consul's Event API</a>: the
 * newest event wins, and after a start the newest one that Consul still has comes, which the ledger
 * may know.
 *
 * <p>The index of events is a hash: it neither grows nor fits a number, and is only sent back.
 */
final class ConsulEvents implements EventSource {
  private static final Duration WAIT = Duration.ofMinutes(1);

  private final ConsulClient client;
  private final ConsulPace pace;
  private final String event;
  private Set<String> known = new HashSet<>();
  private String index = "";

  ConsulEvents(ConsulClient client, ConsulPace pace, String event) {
    this.client = client;
    this.pace = pace;
    this.event = event;
  }

  @Override
  public String name() {
    return client.name() + "/" + event;
  }

  @Override
  public Optional<DeployRequest> next() throws IOException, InterruptedException {
    Interrupts.requireNone();
    Optional<ConsulEvent> newest = Optional.empty();
    while (newest.isEmpty()) {
      newest = newest(listed());
    }
    return Optional.of(newest.get().request());
  }

  /** Returns the last event whose ID is new, and takes all of them for known. */
  private Optional<ConsulEvent> newest(List<ConsulEvent> listed) {
    Optional<ConsulEvent> newest = Optional.empty();
    Set<String> ids = new HashSet<>();
    for (ConsulEvent each : listed) {
      ids.add(each.id());
      if (!known.contains(each.id())) {
        newest = Optional.of(each);
      }
    }
    // What Consul no longer has does not come again.
    known = ids;
    return newest;
  }

  private List<ConsulEvent> listed() throws IOException, InterruptedException {
    pace.await(event);
    HttpUrl.Builder url = client.resource("event/list").addQueryParameter("name", event);
    Duration wait = index.isEmpty() ? Duration.ZERO : WAIT;
    if (!index.isEmpty()) {
      url.addQueryParameter("index", index).addQueryParameter("wait", WAIT.toSeconds() + "s");
    }
    ConsulNeed need = ConsulNeed.events(event);
    ConsulAnswer answer = client.send(new Request.Builder().url(url.build()), wait);
    if (answer.status() != ConsulAnswer.OK || !answer.hasIndex()) {
      index = "";
      throw client.refusal().of(answer, need);
    }
    pace.answered(event);
    try {
      List<ConsulEvent> listed = ConsulEvent.list(answer.body(), event);
      index = answer.indexText().equals("0") ? "1" : answer.indexText();
      return listed;
    } catch (IOException e) {
      throw client.refusal().unreadable(need, e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
