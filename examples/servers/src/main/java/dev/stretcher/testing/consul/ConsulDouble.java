package dev.stretcher.testing.consul;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A double of an agent of Consul: its key/value store with queries that wait, transactions and
 * sessions, its events, its catalog, and its faults. Thread-safe.
 *
 * <p>It keeps to what was recorded of Consul 1.9, which its own tests replay. The index begins
 * where the first key of a new Consul has its one.
 */
public final class ConsulDouble implements AutoCloseable {
  private static final long FIRST_INDEX = 7;

  /** Sessions end by themselves so late. */
  private static final Duration TICK = Duration.ofMillis(100);

  private final Catalog catalog = new Catalog("peer1");
  private final Events events = new Events();
  private final Acl acl = new Acl();
  private final State state = new State(FIRST_INDEX);
  private final KvRoute kv = new KvRoute(state);
  private final TxnRoute txn = new TxnRoute(state);
  private final SessionRoute sessions = new SessionRoute(state, catalog);
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();
  private final Connections connections;
  private Optional<ConsulFault> fault = Optional.empty();
  private int faults;
  private int waiting;

  private ConsulDouble(int port) throws IOException {
    this.connections = new Connections(port, this::answer);
  }

  /** Starts one on a free port. */
  public static ConsulDouble start() throws IOException {
    return new ConsulDouble(0);
  }

  /** Starts one on a port. */
  public static ConsulDouble start(int port) throws IOException {
    return new ConsulDouble(port);
  }

  /** Returns the port on 127.0.0.1. */
  public int port() {
    return connections.port();
  }

  /** Returns the address of the store. */
  public URI address() {
    return URI.create("consul://127.0.0.1:" + port());
  }

  /** Lets all requests meet a fault from now on, also those that wait. */
  public void fault(ConsulFault what) {
    fault(what, Integer.MAX_VALUE);
  }

  /** Lets the next requests meet a fault; those that wait count. */
  public void fault(ConsulFault what, int times) {
    synchronized (state) {
      fault = Optional.of(what);
      faults = times;
      state.notifyAll();
    }
  }

  /** Ends a fault. */
  public void heal() {
    synchronized (state) {
      fault = Optional.empty();
      state.notifyAll();
    }
  }

  /** Closes all connections and takes no more, until {@link #comeBack}. */
  public void goAway() throws IOException {
    connections.stop();
  }

  /** Listens again at the same port, with the same content. */
  public void comeBack() throws IOException {
    connections.start();
  }

  /** Turns ACLs on, and lets a token write keys below some prefixes, and read all. */
  public void allow(String token, String... writable) {
    acl.allow(token, List.of(writable));
  }

  /** Lets a token expire. */
  public void revoke(String token) {
    acl.revoke(token);
    synchronized (state) {
      state.notifyAll();
    }
  }

  /** Adds a node, or changes its status: {@code passing}, {@code critical}, empty. */
  public void node(String name, String status) {
    catalog.node(name, status);
  }

  /** Has a node have a service. */
  public void service(String node, String service) {
    catalog.service(node, service);
  }

  /** Fires an event, as {@code consul event -name=NAME PAYLOAD} does. */
  public void fire(String name, String payload) {
    now(
        new Question(
            "PUT", "event/fire/" + name, Map.of(), "", payload.getBytes(StandardCharsets.UTF_8)));
  }

  /** Moves the clock that sessions have. */
  public void advance(Duration duration) {
    state.advance(duration);
  }

  /** Content of the store at one moment. */
  public static final class Snapshot {
    private final State.Saved saved;

    private Snapshot(State.Saved saved) {
      this.saved = saved;
    }
  }

  /** Saves the keys and the index. */
  public Snapshot save() {
    return new Snapshot(state.saved());
  }

  /** Restores them; the index may go down. Sessions are gone. */
  public void restore(Snapshot snapshot) {
    state.restore(snapshot.saved);
  }

  /** Forgets all keys, sessions and events, as a new Consul does. */
  public void empty() {
    state.restore(new State(FIRST_INDEX).saved());
    events.forget();
  }

  /** Returns the requests so far: method, path and parameters. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** Returns how many sessions there are. */
  public int sessions() {
    return state.sessions().size();
  }

  /** Returns how many queries wait now. */
  public int waiting() {
    synchronized (state) {
      return waiting;
    }
  }

  /** Waits until so many queries wait. */
  public void awaitWaiting(int count) throws InterruptedException {
    synchronized (state) {
      while (waiting != count) {
        state.wait();
      }
    }
  }

  private Optional<Reply> answer(Question question, Connections.Peer peer)
      throws InterruptedException {
    requests.add(question.line());
    state.endSessions();
    Optional<ConsulFault> met = met();
    if (met.isPresent()) {
      return faulty(met.get(), question, peer);
    }
    Optional<Reply> refused = acl.refused(question);
    if (refused.isPresent()) {
      return refused;
    }
    return question.isRead() ? awaited(question, peer) : Optional.of(now(question));
  }

  private Optional<ConsulFault> met() {
    synchronized (state) {
      Optional<ConsulFault> met = fault.filter(each -> faults > 0);
      faults -= met.isPresent() ? 1 : 0;
      return met;
    }
  }

  private Optional<Reply> faulty(ConsulFault met, Question question, Connections.Peer peer)
      throws InterruptedException {
    return switch (met) {
      case NO_LEADER ->
          Optional.of(
              Reply.text(
                  500,
                  "rpc error getting client: failed to get conn: dial tcp"
                      + " 127.0.0.2:0->127.0.0.1:8300: connect: connection refused"));
      case EMPTY ->
          question.isRead()
              ? Optional.of(Reply.nothing(1).withoutLeader())
              : Optional.of(now(question));
      case DENIED -> Optional.of(Reply.text(403, "ACL not found"));
      case BUSY -> Optional.of(Reply.text(429, "Your IP is issuing too many requests"));
      case HTML -> Optional.of(Reply.html(200));
      case HTML_NOT_FOUND -> Optional.of(Reply.html(404));
      case HANG -> {
        hang(peer);
        yield Optional.empty();
      }
      case DROPPED -> {
        now(question);
        yield Optional.empty();
      }
    };
  }

  private void hang(Connections.Peer peer) throws InterruptedException {
    synchronized (state) {
      waiting++;
      state.notifyAll();
      try {
        while (peer.isThere()) {
          state.wait(TICK.toMillis());
        }
      } finally {
        waiting--;
        state.notifyAll();
      }
    }
  }

  private Reply now(Question question) {
    String path = question.path();
    synchronized (state) {
      if (path.startsWith("kv/")) {
        return kv.answer(question);
      }
      if (path.equals("txn")) {
        return txn.answer(question, key -> acl.mayWrite(question.token(), key));
      }
      if (path.startsWith("session/")) {
        return sessions.answer(question);
      }
      if (path.startsWith("event/fire/")) {
        Reply fired = events.fire(question);
        state.notifyAll();
        return fired;
      }
      return path.equals("event/list") ? events.list(question) : catalog.answer(question);
    }
  }

  /** Answers a query that may wait. */
  private Optional<Reply> awaited(Question question, Connections.Peer peer)
      throws InterruptedException {
    String known = question.get("index").orElse("0");
    if (!known.matches("[0-9]+")) {
      return Optional.of(Reply.text(400, "Invalid index"));
    }
    Optional<Duration> wait = Waits.parse(question.get("wait").orElse("300s"));
    if (wait.isEmpty()) {
      return Optional.of(Reply.text(400, "Invalid wait time"));
    }
    long restores;
    synchronized (state) {
      if (known.equals("0") || isNews(question, known)) {
        return Optional.of(now(question));
      }
      restores = state.restores();
      waiting++;
      state.notifyAll();
    }
    try {
      return awaited(question, peer, known, restores, Instant.now().plus(wait.get()));
    } finally {
      endWait();
    }
  }

  private void endWait() {
    synchronized (state) {
      waiting--;
      state.notifyAll();
    }
  }

  private Optional<Reply> awaited(
      Question question, Connections.Peer peer, String known, long restores, Instant end)
      throws InterruptedException {
    // To look takes a millisecond, in which hundreds of others must not wait for the state.
    while (peer.isThere()) {
      synchronized (state) {
        boolean isOver = restores != state.restores() || !Instant.now().isBefore(end);
        if (isOver || isNews(question, known)) {
          return Optional.of(now(question));
        }
        Optional<ConsulFault> met = met();
        if (met.isPresent()) {
          return faulty(met.get(), question, peer);
        }
        Optional<Reply> refused = acl.refused(question);
        if (refused.isPresent()) {
          return refused;
        }
        long left = Duration.between(Instant.now(), end).toMillis();
        state.wait(Math.max(1, Math.min(TICK.toMillis(), left)));
        state.endSessions();
      }
    }
    return Optional.empty();
  }

  private boolean isNews(Question question, String known) {
    return KvRoute.isList(question)
        ? kv.indexOfList(question) > Long.parseLong(known)
        : isNews(now(question), known);
  }

  private static boolean isNews(Reply reply, String known) {
    if (reply.number().isEmpty()) {
      return true;
    }
    return reply.isOfServers()
        ? reply.number().getAsLong() > Long.parseLong(known)
        : Events.isNew(reply, known);
  }

  /** Stops it. */
  @Override
  public void close() throws IOException {
    connections.stop();
  }
}
