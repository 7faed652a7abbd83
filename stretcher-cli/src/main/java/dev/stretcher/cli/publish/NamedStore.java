package dev.stretcher.cli.publish;

import dev.stretcher.cli.fleet.StoreArgument;
import dev.stretcher.cli.invocation.Invocation;
import dev.stretcher.cli.invocation.Reason;
import dev.stretcher.fleet.MalformedValueException;
import dev.stretcher.fleet.PublishedMeanwhileException;
import dev.stretcher.store.KeyValueStore;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** The store of a fleet, if one is named; its failures say that they are those of the store. */
record NamedStore(Optional<KeyValueStore> opened) implements AutoCloseable {
  /** What is done with it. */
  @FunctionalInterface
  interface Work<T> {
    T with(KeyValueStore store)
        throws MalformedValueException,
            PublishedMeanwhileException,
            IOException,
            InterruptedException;
  }

  static NamedStore of(Optional<URI> address, Invocation invocation) throws IOException {
    return address.isEmpty()
        ? new NamedStore(Optional.empty())
        : new NamedStore(Optional.of(StoreArgument.open(address.get(), invocation)));
  }

  boolean isThere() {
    return opened.isPresent();
  }

  <T> T ask(Work<T> work)
      throws MalformedValueException,
          PublishedMeanwhileException,
          IOException,
          InterruptedException {
    KeyValueStore store = opened.orElseThrow();
    try {
      return work.with(store);
    } catch (IOException e) {
      throw new IOException(
          "the store %s cannot be asked: %s".formatted(store.name(), Reason.of(e)), e);
    }
  }

  @Override
  public void close() {
    opened.ifPresent(KeyValueStore::close);
  }
}
