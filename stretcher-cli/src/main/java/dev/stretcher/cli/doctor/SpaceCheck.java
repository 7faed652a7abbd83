package dev.stretcher.cli.doctor;

import dev.stretcher.cli.doctor.Finding.Note;
import dev.stretcher.cli.doctor.Finding.Ok;
import dev.stretcher.cli.doctor.Finding.Problem;
import dev.stretcher.ledger.Ledger;
import dev.stretcher.text.ByteSize;
import dev.stretcher.text.NativeText;
import dev.stretcher.text.Printable;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    for (Map.Entry<Path, String> place : places(temporary, host).entrySet()) {
      FileStore store = Files.getFileStore(place.getKey());
      if (!seen.contains(store)) {
        seen.add(store);
        findings.add(finding(place.getKey(), disk.usable(store), place.getValue()));
      }
    }
    return findings;
  }

  /** Returns the places, and what helps where one of them is full. */
  private static Map<Path, String> places(Path temporary, Host host) {
    Map<Path, String> places = new LinkedHashMap<>();
    places.put(Host.existing(temporary), "let TMPDIR lead to a larger disk");
    Optional<Ledger> ledger = host.invocation().ledger();
    if (ledger.isPresent()) {
      places.putIfAbsent(
          Host.existing(ledger.get().directory()), "name another directory by --state-dir");
      for (Path dest : dests(ledger.get())) {
        places.putIfAbsent(
            Host.existing(dest), "keep fewer releases, by release: {keep: 2} in the manifest");
      }
    }
    return places;
  }

  /** That they cannot be read, {@link StateCheck} says. */
  private static List<Path> dests(Ledger ledger) {
    try {
      return ledger.contents().records().stream()
          .flatMap(record -> record.dest().map(NativeText::path).stream())
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static Finding finding(Path place, long usable, String help) {
    String text =
        "%s are free in the file system of %s"
            .formatted(ByteSize.format(usable), Printable.of(place));
    if (usable < TOO_LITTLE) {
      return new Problem(
          text + ", expected %s or more".formatted(ByteSize.format(TOO_LITTLE)),
          "remove what is not needed there, or " + help);
    }
    return usable < LITTLE ? new Note(text) : new Ok(text);
  }
}
