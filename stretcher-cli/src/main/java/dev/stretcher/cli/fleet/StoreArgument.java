package dev.stretcher.cli.fleet;

import dev.stretcher.cli.flag.FleetSettings;
import dev.stretcher.cli.flag.UsageException;
import dev.stretcher.cli.invocation.Invocation;
import dev.stretcher.cli.invocation.PluginLoader;
import dev.stretcher.cli.invocation.Reason;
import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.MalformedValueException;
import dev.stretcher.fleet.PublishedMeanwhileException;
import dev.stretcher.fleet.Stores;
import dev.stretcher.ledger.Ledger;
import dev.stretcher.store.KeyValueStore;
import dev.stretcher.text.Printable;
import dev.stretcher.text.RedactedUri;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The store and the apps that the command line, the environment or the configuration names. */
public final class StoreArgument {
  private StoreArgument() {}

  /** What a command does with a store. */
  @FunctionalInterface
  interface Question {
    /** Returns the exit status. */
    int ask(KeyValueStore store)
        throws UsageException,
            MalformedValueException,
            PublishedMeanwhileException,
            IOException,
            InterruptedException;
  }

  /**
   * Opens the store and asks it.
   *
   * @param unknown the exit status if there is no answer
   * @return the exit status
   */
  static int ask(Invocation invocation, int unknown, Question question)
      throws UsageException, InterruptedException {
    try (KeyValueStore store = open(address(invocation), invocation)) {
      return ask(store, invocation, unknown, question);
    } catch (IOException e) {
      return complain(invocation, unknown, String.valueOf(e.getMessage()));
    }
  }

  /** Does the same, also of a store that cannot be opened, which then is away. */
  static int askThoughAway(Invocation invocation, int unknown, Question question)
      throws UsageException, InterruptedException {
    URI address = address(invocation);
    try (KeyValueStore store = openThoughAway(address, invocation)) {
      return ask(store, invocation, unknown, question);
    }
  }

  private static KeyValueStore openThoughAway(URI address, Invocation invocation) {
    try {
      return open(address, invocation);
    } catch (IOException e) {
      return new AwayStore(RedactedUri.of(address), e);
    }
  }

  private static int ask(KeyValueStore store, Invocation invocation, int unknown, Question question)
      throws UsageException, InterruptedException {
    try {
      return question.ask(store);
    } catch (IOException e) {
      return complain(
          invocation,
          unknown,
          "the store %s cannot be asked: %s".formatted(store.name(), Reason.of(e)));
    } catch (MalformedValueException | PublishedMeanwhileException | NoSuchElementException e) {
      return complain(invocation, unknown, String.valueOf(e.getMessage()));
    }
  }

  /** Prints an error; returns a status. */
  public static int complain(Invocation invocation, int status, String text) {
    invocation.err().println("stretcher: " + Printable.line(invocation.words().apply(text)));
    return status;
  }

  /**
   * Opens a store.
   *
   * @throws IllegalArgumentException if there is no such kind of store
   * @throws IOException if it cannot be opened; the message names the store
   */
  public static KeyValueStore open(URI address, Invocation invocation) throws IOException {
    try {
      return Stores.open(
          address, invocation.surroundings().environment(), PluginLoader.ofClassPath());
    } catch (IOException e) {
      throw new IOException(
          "the store %s cannot be opened: %s".formatted(RedactedUri.of(address), Reason.of(e)), e);
    }
  }

  /** Returns where a store is that is a directory. */
  public static Optional<Path> directory(URI address) {
    return "file".equalsIgnoreCase(address.getScheme()) && address.getRawPath() != null
        ? Optional.of(Path.of(URI.create("file:" + address.getRawPath())))
        : Optional.empty();
  }

  /** Returns the address of the store. */
  public static URI address(Invocation invocation) throws UsageException {
    String text = invocation.options().get(FleetSettings.STORE);
    if (text.isEmpty()) {
      text = invocation.surroundings().environment().getOrDefault(FleetSettings.STORE_VARIABLE, "");
    }
    if (text.isEmpty()) {
      throw new UsageException(
          "no store is named; name it by --store, by STRETCHER_STORE or by store in the"
              + " configuration, such as consul://127.0.0.1:8500");
    }
    try {
      URI address = new URI(text);
      if (address.isAbsolute()) {
        return address;
      }
    } catch (URISyntaxException e) {
      // Its message has the whole address, and so its secrets.
    }
    throw new UsageException(
        "the store is '%s'; expected an address such as consul://127.0.0.1:8500 or file:/srv/fleet"
            .formatted(RedactedUri.of(text)));
  }

  /**
   * Returns the directory of the agent's state.
   *
   * @throws UsageException if there is none
   */
  static Path state(Invocation invocation) throws UsageException {
    Optional<Path> state = invocation.ledger().map(Ledger::directory);
    if (state.isEmpty()) {
      throw new UsageException(
          "there is no directory of the agent's state; name it by --state-dir");
    }
    return state.get();
  }

  /** Returns the app that the argument names. */
  static AppName app(Invocation invocation) throws UsageException {
    return new AppName(invocation.requireParameter());
  }

  /**
   * Returns what this host is called in a store, if that is known soon.
   *
   * @throws IllegalArgumentException if it cannot be a part of a key
   */
  public static Optional<String> node(KeyValueStore store, Invocation invocation)
      throws UsageException, InterruptedException {
    return new NodeName(invocation.options(), store.membership(), state(invocation), reason -> {})
        .within(Duration.ZERO);
  }

  /** Returns the apps of this host; none if nobody names any. */
  public static List<AppName> apps(Invocation invocation) {
    List<String> names = invocation.options().get(FleetSettings.APP);
    if (names.isEmpty()) {
      names = invocation.options().get(FleetSettings.APPS);
    }
    List<AppName> apps = new ArrayList<>();
    for (String name : names) {
      AppName app = new AppName(name);
      if (!apps.contains(app)) {
        apps.add(app);
      }
    }
    return apps;
  }
}
