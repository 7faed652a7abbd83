package dev.stretcher.cli.doctor;

import dev.stretcher.cli.doctor.Finding.Note;
import dev.stretcher.cli.doctor.Finding.Ok;
import dev.stretcher.cli.doctor.Finding.Problem;
import dev.stretcher.ledger.Ledger;
import dev.stretcher.ledger.LedgerRecord;
import dev.stretcher.text.ByteSize;
import dev.stretcher.text.NativeText;
import dev.stretcher.text.Printable;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Room on disk: for what is fetched, for dests and what is staged beside them, for the state. */
final class SpaceCheck implements Check {
  private static final long TOO_LITTLE = 64L << 20;
  private static final long LITTLE = 1L << 30;

  private final Disk disk;

  /** Says how much room there is. */
  @FunctionalInterface
  interface Disk {
    long usable(FileStore store) throws IOException;
  }

  SpaceCheck() {
    this(FileStore::getUsableSpace);
  }

  SpaceCheck(Disk disk) {
    this.disk = disk;
  }

  @Override
  public String name() {
    return "space";
  }

  @Override
  public List<Finding> look(Host host) throws IOException {
    List<Finding> findings = new ArrayList<>();
    List<FileStore> seen = new ArrayList<>();
    Path temporary = NativeText.path(host.variable("TMPDIR").orElse("/tmp"));
    if (!Files.isDirectory(temporary) || !Files.isWritable(temporary)) {
      findings.add(
          new Problem(
              "%s is no directory that this user may write to".formatted(Printable.of(temporary)),
              "make it, or set TMPDIR to another one"));
    }
    for (Path place : places(temporary, host)) {
      FileStore store = Files.getFileStore(place);
      if (!seen.contains(store)) {
        seen.add(store);
        findings.add(finding(place, disk.usable(store)));
      }
    }
    return findings;
  }

  private static Set<Path> places(Path temporary, Host host) {
    Set<Path> places = new LinkedHashSet<>();
    places.add(Host.existing(temporary));
    Optional<Ledger> ledger = host.invocation().ledger();
    if (ledger.isPresent()) {
      places.add(Host.existing(ledger.get().directory()));
      for (LedgerRecord record : records(ledger.get())) {
        record.dest().map(NativeText::path).map(Host::existing).ifPresent(places::add);
      }
    }
    return places;
  }

  /** That they cannot be read, {@link StateCheck} says. */
  private static List<LedgerRecord> records(Ledger ledger) {
    try {
      return ledger.contents().records();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static Finding finding(Path place, long usable) {
    String text =
        "%s are free in the file system of %s"
            .formatted(ByteSize.format(usable), Printable.of(place));
    if (usable < TOO_LITTLE) {
      return new Problem(
          text + ", expected %s or more".formatted(ByteSize.format(TOO_LITTLE)),
          "remove what is not needed; keep in a manifest says how many releases stay");
    }
    return usable < LITTLE ? new Note(text) : new Ok(text);
  }
}
