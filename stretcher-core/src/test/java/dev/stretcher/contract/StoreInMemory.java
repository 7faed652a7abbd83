package dev.stretcher.contract;

import dev.stretcher.store.Change;
import dev.stretcher.store.KeyValue;
import dev.stretcher.store.KeyValueStore;
import dev.stretcher.store.Lease;
import dev.stretcher.store.Listing;
import dev.stretcher.store.Membership;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A store in the memory of a test, with faults on demand, which all of its clients see. Time passes
 * for leases by {@link #passTime} alone.
 */
public final class StoreInMemory implements KeyValueStore {
  private final MemoryContent content;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Creates an empty store. */
  public StoreInMemory() {
    this(new MemoryContent());
  }

  private StoreInMemory(MemoryContent content) {
    this.content = content;
  }

  /** A copy of all keys, as they are at one moment. */
  public record Snapshot(Map<String, KeyValue> entries, long version) {}

  /** Returns another client of this store. */
  public StoreInMemory another() {
    return new StoreInMemory(content);
  }

  /** Lets all calls fail, also those that wait, as if nobody were there. */
  public void goAway() {
    content.fail(new IOException("connection refused"));
  }

  /** Lets all calls fail, also those that wait, as if the token had expired. */
  public void refuse() {
    content.fail(new java.nio.file.AccessDeniedException(name(), null, "HTTP status 403"));
  }

  /** Lets writes of keys that begin with one of these fail, as if a rule of the token lacked. */
  public void refuseBelow(String... prefixes) {
    content.refuseBelow(List.of(prefixes));
  }

  /** Lets all calls fail with an exception. */
  public void fail(IOException failure) {
    content.fail(failure);
  }

  /** Lets all calls wait until {@link #comeBack} or another fault. */
  public void stall() {
    content.stall();
  }

  /** Ends a fault. */
  public void comeBack() {
    content.comeBack();
  }

  /** Returns a copy for {@link #restore}. */
  public Snapshot snapshot() {
    return content.snapshot();
  }

  /** Goes back to an earlier content, and to its lower versions; an empty one is a new store. */
  public void restore(Snapshot snapshot) {
    content.restore(snapshot);
  }

  /** Lets time pass for leases; those that were not renewed end. */
  public void passTime(Duration time) {
    content.passTime(time);
  }

  /** Returns how many calls of all clients came to this store, those that failed too. */
  public int calls() {
    return content.calls();
  }

  /** Returns a number that is another one after each change of any key. */
  public long version() {
    return content.version();
  }

  /** Returns how many watches wait now. */
  public int watching() {
    return content.watching();
  }

  /** Lets {@link #membership} say who this node is and who is alive; all have all services. */
  public void members(String self, Set<String> alive) {
    content.members(new Members(self, Set.copyOf(alive)));
  }

  private record Members(String self, Set<String> alive) implements Membership {
    @Override
    public Set<String> having(String service) {
      return alive;
    }
  }

  /** Sets a key without any condition, for the preparation of a test. */
  public void put(String key, String value) throws IOException, InterruptedException {
    write(List.of(Change.put(key, value)));
  }

  /** Returns the text of a key, whatever fault there is. */
  public Optional<String> text(String key) {
    return Optional.ofNullable(snapshot().entries().get(key)).map(KeyValue::value);
  }

  @Override
  public String name() {
    return "memory://test";
  }

  @Override
  public Optional<KeyValue> get(String key) throws IOException, InterruptedException {
    return content.get(closed, key);
  }

  @Override
  public Listing list(String prefix) throws IOException, InterruptedException {
    return content.list(closed, prefix);
  }

  @Override
  public Listing watch(String prefix, long version, Duration most)
      throws IOException, InterruptedException {
    return content.watch(closed, prefix, version, most);
  }

  @Override
  public boolean write(List<Change> changes) throws IOException, InterruptedException {
    return content.write(closed, changes);
  }

  @Override
  public Lease lease(String purpose, Duration ttl) throws IOException, InterruptedException {
    return content.lease(closed, ttl);
  }

  @Override
  public Optional<Membership> membership() {
    return content.membership();
  }

  @Override
  public void close() {
    closed.set(true);
    content.wake();
  }
}
