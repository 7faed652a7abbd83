package dev.stretcher.cli.fleet;

import dev.stretcher.store.Change;
import dev.stretcher.store.KeyValue;
import dev.stretcher.store.KeyValueStore;
import dev.stretcher.store.Lease;
import dev.stretcher.store.Listing;
import dev.stretcher.store.Membership;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A store that could not be opened, for who can do with what is remembered.
 *
 * @param reason why
 */
record AwayStore(String name, IOException reason) implements KeyValueStore {
  private IOException away() {
    return new IOException(reason.getMessage(), reason);
  }

  @Override
  public Optional<KeyValue> get(String key) throws IOException {
    throw away();
  }

  @Override
  public Listing list(String prefix) throws IOException {
    throw away();
  }

  @Override
  public Listing watch(String prefix, long version, Duration most) throws IOException {
    throw away();
  }

  @Override
  public boolean write(List<Change> changes) throws IOException {
    throw away();
  }

  @Override
  public Lease lease(String purpose, Duration ttl) throws IOException {
    throw away();
  }

  @Override
  public Optional<Membership> membership() {
    return Optional.empty();
  }

  @Override
  public void close() {
    // Nothing was opened.
  }
}
