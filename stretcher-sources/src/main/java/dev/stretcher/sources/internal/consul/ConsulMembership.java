package dev.stretcher.sources.internal.consul;

import dev.stretcher.process.Interrupts;
import dev.stretcher.store.Membership;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * The nodes in Consul's catalog, see <a
 * href="https://developer.hashicorp.com/consul/api-docs/health">Consul's Health API</a>.
 * Thread-safe.
 */
final class ConsulMembership implements Membership {
  /** The check that a node has if an agent of Consul runs on it. */
  private static final String AGENT_CHECK = "serfHealth";

  private final ConsulClient client;

  ConsulMembership(ConsulClient client) {
    this.client = client;
  }

  @Override
  public String self() throws IOException, InterruptedException {
    ConsulNeed need = ConsulNeed.agent();
    ConsulAnswer answer = ask(client.resource("agent/self"), need);
    try {
      return ConsulJson.object(answer.body())
          .object("Member")
          .orElseThrow(() -> new IOException("it has no Member"))
          .require("Name");
    } catch (IOException e) {
      throw client.refusal().unreadable(need, e);
    }
  }

  @Override
  public Set<String> alive() throws IOException, InterruptedException {
    HttpUrl.Builder url =
        client
            .resource("health/state/passing")
            .addQueryParameter("filter", "CheckID == " + AGENT_CHECK);
    ConsulNeed need = ConsulNeed.nodes();
    Set<String> alive = new TreeSet<>();
    for (ConsulJson check : list(url, need)) {
      // An old version does not filter.
      if (check.text("CheckID").orElse("").equals(AGENT_CHECK)) {
        check.text("Node").ifPresent(alive::add);
      }
    }
    if (alive.isEmpty()) {
      // Consul leaves out what a token may not see, and whoever answers is alive.
      throw client.refusal().denied(" (it shows none)", need);
    }
    return alive;
  }

  @Override
  public Set<String> having(String service) throws IOException, InterruptedException {
    HttpUrl.Builder url = client.resource("catalog/service").addPathSegment(service);
    Set<String> nodes = new TreeSet<>();
    for (ConsulJson each : list(url, ConsulNeed.service(service))) {
      each.text("Node").ifPresent(nodes::add);
    }
    return nodes;
  }

  private List<ConsulJson> list(HttpUrl.Builder url, ConsulNeed need)
      throws IOException, InterruptedException {
    ConsulAnswer answer = ask(url, need);
    if (answer.isWithoutLeader()) {
      throw client.refusal().withoutLeader(need);
    }
    try {
      return ConsulJson.list(answer.body());
    } catch (IOException e) {
      throw client.refusal().unreadable(need, e);
    }
  }

  private ConsulAnswer ask(HttpUrl.Builder url, ConsulNeed need)
      throws IOException, InterruptedException {
    Interrupts.requireNone();
    ConsulAnswer answer = client.send(new Request.Builder().url(url.build()));
    if (answer.status() != ConsulAnswer.OK) {
      throw client.refusal().of(answer, need);
    }
    return answer;
  }
}
