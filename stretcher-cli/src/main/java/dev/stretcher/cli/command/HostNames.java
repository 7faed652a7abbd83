package dev.stretcher.cli.command;

import dev.stretcher.Stretcher;
import dev.stretcher.cli.invocation.Invocation;
import dev.stretcher.ledger.Ledger;
import dev.stretcher.ledger.LedgerRecord;
import dev.stretcher.release.Release;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Names that this host knows, for completion. */
final class HostNames {
  private HostNames() {}

  /** Returns the dests of the ledger. */
  static Set<String> dests(Invocation invocation) throws IOException {
    Set<String> dests = new TreeSet<>();
    Optional<Ledger> ledger = invocation.ledger();
    if (ledger.isPresent()) {
      for (LedgerRecord record : ledger.get().contents().records()) {
        record.dest().ifPresent(dests::add);
      }
    }
    return dests;
  }

  /** Returns the releases of the dest that is named, else of all, the newest first. */
  static List<String> releases(Invocation invocation) throws IOException {
    String named = invocation.options().get(HistoryCommand.DEST);
    List<String> ids = new ArrayList<>();
    try (Stretcher stretcher = invocation.stretcher(List.of())) {
      for (String dest : named.isEmpty() ? dests(invocation) : Set.of(named)) {
        ids.addAll(releases(stretcher, dest));
      }
    }
    return ids.stream().distinct().toList();
  }

  /** Most dests keep none. */
  private static List<String> releases(Stretcher stretcher, String dest) {
    try {
      List<String> ids =
          new ArrayList<>(
              stretcher.releases(DestArgument.path(dest)).stream().map(Release::id).toList());
      Collections.reverse(ids);
      return ids;
    } catch (IOException | IllegalArgumentException e) {
      return List.of();
    }
  }
}
