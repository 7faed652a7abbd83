package dev.stretcher.cli.doctor;

import dev.stretcher.cli.doctor.Finding.Note;
import dev.stretcher.cli.doctor.Finding.Ok;
import dev.stretcher.cli.doctor.Finding.Problem;
import dev.stretcher.cli.flag.UsageException;
import dev.stretcher.cli.fleet.StoreArgument;
import dev.stretcher.cli.invocation.Answer;
import dev.stretcher.cli.invocation.Invocation;
import dev.stretcher.cli.invocation.Reason;
import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.store.Change;
import dev.stretcher.store.KeyValueStore;
import dev.stretcher.text.RedactedUri;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The store of the fleet: whether it answers, and what its keys let this host do. */
final class StoreCheck implements Check {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Duration patience;

  StoreCheck() {
    this(PATIENCE);
  }

  StoreCheck(Duration patience) {
    this.patience = patience;
  }

  @Override
  public String name() {
    return "store";
  }

  @Override
  public List<Finding> look(Host host) throws InterruptedException {
    if (!host.hasStore()) {
      return List.of(missing(StoreArgument.apps(host.invocation())));
    }
    Invocation invocation = host.invocation();
    try {
      URI address = StoreArgument.address(invocation);
      return Answer.within(patience, RedactedUri.of(address), () -> asked(address, invocation));
    } catch (UsageException | IllegalArgumentException e) {
      return List.of(
          new Problem(String.valueOf(e.getMessage()), "name the store as the message says"));
    } catch (AccessDeniedException e) {
      return List.of(
          new Problem(
              "%s: %s".formatted(e.getFile(), e.getReason()),
              "change the token, or its policy, as the message says"));
    } catch (IOException e) {
      return List.of(
          new Problem(
              Reason.of(e),
              "check the address, and that it runs; until then each host keeps what it has"));
    }
  }

  private static List<Finding> asked(URI address, Invocation invocation)
      throws IOException, InterruptedException {
    try (KeyValueStore store = StoreArgument.open(address, invocation)) {
      return asked(store, invocation);
    } catch (UsageException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static Finding missing(List<AppName> apps) {
    return apps.isEmpty()
        ? new Ok("none is named; a single host needs none")
        : new Problem(
            "none is named, and this host has apps (%s): stretcher agent cannot run"
                .formatted(String.join(", ", apps.stream().map(AppName::value).toList())),
            "name it by store in the configuration, or by STRETCHER_STORE");
  }

  private static List<Finding> asked(KeyValueStore store, Invocation invocation)
      throws UsageException, IOException, InterruptedException {
    List<Finding> findings = new ArrayList<>();
    int desired = store.list(FleetKeys.DESIRED).entries().size();
    findings.add(
        isThere(invocation)
            ? new Ok("%s answers, and has %s apps".formatted(store.name(), desired))
            : new Note(
                "the directory of %s is not there; who writes first makes it, unless the address is wrong"
                    .formatted(store.name())));
    List<AppName> apps = StoreArgument.apps(invocation);
    if (apps.isEmpty()) {
      findings.add(new Note("this host has no apps in its configuration: only reading was tried"));
      return findings;
    }
    if (store.membership().isEmpty()) {
      // To try to write would make the files of a store that is not there yet.
      findings.add(new Ok("who may write there is up to its directory"));
      return findings;
    }
    Optional<String> node = StoreArgument.node(store, invocation);
    if (node.isEmpty()) {
      findings.add(
          new Problem(
              store.name() + " does not say how it calls this host", "name this host by --node"));
      return findings;
    }
    for (AppName app : apps) {
      tryToWrite(store, FleetKeys.host(node.get(), app));
      tryToWrite(store, FleetKeys.log(node.get(), app));
    }
    findings.add(new Ok("%s may write its keys there".formatted(node.get())));
    return findings;
  }

  private static boolean isThere(Invocation invocation) throws UsageException {
    return StoreArgument.directory(StoreArgument.address(invocation))
        .map(directory -> Files.isDirectory(directory))
        .orElse(true);
  }

  /** Asks for a change on a condition that never holds: nothing changes, but a refusal shows. */
  private static void tryToWrite(KeyValueStore store, String key)
      throws IOException, InterruptedException {
    store.write(List.of(Change.put(key, "", new Change.Condition.At(Long.MAX_VALUE))));
  }
}
