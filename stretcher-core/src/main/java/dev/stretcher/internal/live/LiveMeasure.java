package dev.stretcher.internal.live;

import dev.stretcher.ledger.Ledger;
import dev.stretcher.ledger.LedgerRecord;
import dev.stretcher.ledger.LedgerRecord.Outcome;
import dev.stretcher.release.NewRelease;
import dev.stretcher.release.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Measures what is live of an app: the ledger says what was deployed to its dest last, and a link
 * which release it leads to. What the agent remembers only adds what these two cannot know: that a
 * deploy was killed in the middle, or failed without a change of dest.
 */
public final class LiveMeasure {
  private final Ledger ledger;
  private final Releases releases;

  /** Lists the releases at a dest. */
  @FunctionalInterface
  public interface Releases {
    List<Release> at(Path dest) throws IOException;
  }

  /** Creates what asks these two. */
  public LiveMeasure(Ledger ledger, Releases releases) {
    this.ledger = ledger;
    this.releases = releases;
  }

  /**
   * Measures.
   *
   * @param wanted the digest of the manifest that is desired, which tells where dest is, if nothing
   *     is remembered
   * @throws IOException if the ledger cannot be read
   */
  public Live measure(Memory memory, Optional<String> wanted) throws IOException {
    Optional<String> dest = memory.dest();
    if (dest.isEmpty() && memory.asOf().isEmpty() && wanted.isPresent()) {
      dest = newest(record -> isOf(record, wanted.get())).flatMap(LedgerRecord::dest);
    }
    return dest.isEmpty() ? ofCommands(memory) : at(dest.get(), memory);
  }

  private static boolean isOf(LedgerRecord record, String digest) {
    return isDone(record) && record.digest().equals(Optional.of(digest));
  }

  private static boolean isDone(LedgerRecord record) {
    return record.outcome() == Outcome.SUCCEEDED || record.outcome() == Outcome.ROLLED_BACK;
  }

  /** A manifest without a dest has no place of which the ledger could be asked. */
  private Live ofCommands(Memory memory) throws IOException {
    boolean recorded =
        memory.step() == Memory.Step.NONE
            && memory.asOf().isPresent()
            && isRecorded(memory.asOf().get());
    return new Live(
        recorded ? memory.live() : Optional.empty(),
        recorded,
        Optional.empty(),
        Optional.empty(),
        memory.asOf());
  }

  private Live at(String dest, Memory memory) throws IOException {
    Optional<LedgerRecord> last =
        newest(record -> record.dest().equals(Optional.of(dest)) && mayChangeDest(record));
    Optional<String> digest = last.isPresent() ? digest(last.get(), memory) : remembered(memory);
    Path place = Path.of(dest);
    if (!Files.exists(place)) {
      digest = Optional.empty();
    }
    Live byLedger =
        new Live(
            digest,
            digest.isPresent(),
            Optional.of(dest),
            Optional.empty(),
            last.map(LedgerRecord::deployId).or(memory::asOf));
    boolean mayHaveReleases = memory.release().isPresent() || memory.asOf().isEmpty();
    return mayHaveReleases ? byLink(place, memory, byLedger) : byLedger;
  }

  private static boolean mayChangeDest(LedgerRecord record) {
    return switch (record.outcome()) {
      case PREPARED, UNPREPARED, SUPERSEDED -> false;
      default -> true;
    };
  }

  private Optional<String> digest(LedgerRecord last, Memory memory) throws IOException {
    if (memory.asOf().equals(Optional.of(last.deployId()))) {
      return memory.step() == Memory.Step.NONE ? memory.live() : Optional.empty();
    }
    return isDone(last) && isAfter(memory) ? last.digest() : Optional.empty();
  }

  /** A ledger keeps the newer records alone; one that has none was removed, and knows nothing. */
  private Optional<String> remembered(Memory memory) throws IOException {
    boolean isWhole = memory.step() == Memory.Step.NONE && memory.asOf().isPresent();
    return isWhole && newest(record -> true).isPresent() ? memory.live() : Optional.empty();
  }

  /**
   * Tells whether what the ledger has last came after what is remembered: a ledger on a full disk
   * lacks deploys.
   */
  private boolean isAfter(Memory memory) throws IOException {
    Optional<String> known = memory.asOf();
    return known.isEmpty() || isRecorded(known.get());
  }

  private boolean isRecorded(String deploy) throws IOException {
    return newest(record -> deploy.equals(record.deployId())).isPresent();
  }

  private Live byLink(Path dest, Memory memory, Live byLedger) {
    Optional<Release> live = liveRelease(dest);
    if (live.isEmpty()) {
      boolean isGone = memory.release().isPresent();
      return new Live(
          isGone ? Optional.empty() : byLedger.digest(),
          !isGone && byLedger.isGood(),
          byLedger.dest(),
          Optional.empty(),
          byLedger.asOf());
    }
    Release release = live.get();
    boolean isKnown =
        byLedger.digest().isPresent()
            && (memory.release().isEmpty()
                || memory.release().get().equals(release.id())
                || !memory.asOf().equals(byLedger.asOf()));
    return new Live(
        isKnown ? byLedger.digest() : release.origin().map(NewRelease::manifestDigest),
        release.state() == Release.State.GOOD,
        byLedger.dest(),
        Optional.of(release.id()),
        byLedger.asOf());
  }

  private Optional<Release> liveRelease(Path dest) {
    try {
      return releases.at(dest).stream().filter(Release::live).findFirst();
    } catch (IOException e) {
      // There are no releases.
      return Optional.empty();
    }
  }

  private Optional<LedgerRecord> newest(Predicate<LedgerRecord> wanted) throws IOException {
    LedgerRecord[] found = new LedgerRecord[1];
    ledger.newestWhile(
        record -> {
          if (found[0] == null && wanted.test(record)) {
            found[0] = record;
          }
          return found[0] == null;
        });
    return Optional.ofNullable(found[0]);
  }
}
