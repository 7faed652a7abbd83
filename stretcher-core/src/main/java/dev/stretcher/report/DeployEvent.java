package dev.stretcher.report;

import dev.stretcher.ledger.LedgerRecord;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.option.Replay;
import dev.stretcher.option.Settings;
import dev.stretcher.spi.DeployRequest;
import dev.stretcher.spi.Hook;
import dev.stretcher.spi.HookOutput;
import dev.stretcher.spi.SyncPlan;
import dev.stretcher.spi.SyncReport;
import dev.stretcher.text.ByteSize;
import dev.stretcher.text.GoDuration;
import dev.stretcher.text.NativeText;
import dev.stretcher.text.Problem;
import dev.stretcher.text.RedactedUri;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Something that happened during a deploy, in the order in which it happens. */
public sealed interface DeployEvent {
  /**
   * Returns the text of this event in the log, without the time. It may quote names, commands and
   * output as they are; {@link DeployLog} shows control characters in them escaped.
   */
  String message();

  /**
   * A deploy begins.
   *
   * @param version the version of Stretcher
   */
  record Started(String version) implements DeployEvent {
    @Override
    public String message() {
      return "Starting up stretcher agent " + version;
    }
  }

  /**
   * The deploy is delayed on purpose, so that hosts do not all start at once.
   *
   * @param delay for how long
   */
  record Sleeping(Duration delay) implements DeployEvent {
    @Override
    public String message() {
      return "Sleeping " + GoDuration.format(delay);
    }
  }

  /**
   * The deploy waits for an event.
   *
   * @param source the name of the event source
   */
  record WaitingForEvent(String source) implements DeployEvent {
    @Override
    public String message() {
      return "Waiting for events from " + source + "...";
    }
  }

  /**
   * An event came.
   *
   * @param request what it asks for
   */
  record EventReceived(DeployRequest request) implements DeployEvent {
    @Override
    public String message() {
      DeployRequest.Origin origin = request.origin();
      if (origin instanceof DeployRequest.Consul) {
        return "Reading Consul event";
      }
      if (origin instanceof DeployRequest.Serf serf) {
        return "Reading Serf user event: " + serf.name();
      }
      DeployRequest.Other other = (DeployRequest.Other) origin;
      String id = other.id().isPresent() ? ", ID " + other.id().get() : "";
      return "Reading event: " + other.description() + id;
    }
  }

  /**
   * The event that counts has an ID.
   *
   * @param consul the event
   */
  record EventIdentified(DeployRequest.Consul consul) implements DeployEvent {
    @Override
    public String message() {
      return "Consul event ID: " + consul.id();
    }
  }

  /** There was no event, and so there is nothing to do. */
  record NothingToDo() implements DeployEvent {
    @Override
    public String message() {
      return "No event, nothing to do";
    }
  }

  /**
   * The manifest is being fetched.
   *
   * @param uri where it is fetched from
   */
  record LoadingManifest(URI uri) implements DeployEvent {
    @Override
    public String message() {
      return "Loading manifest: " + RedactedUri.of(uri);
    }

    /** Returns it as any record, but without what may be secret in the URL. */
    @Override
    public String toString() {
      return "LoadingManifest[uri=%s]".formatted(RedactedUri.of(uri));
    }
  }

  /**
   * Something is odd in the manifest.
   *
   * @param problem the problem and its place
   */
  record ManifestWarning(Problem problem) implements DeployEvent {
    @Override
    public String message() {
      return "Warning: manifest " + problem;
    }
  }

  /**
   * The manifest was read.
   *
   * @param manifest the manifest
   * @param strategy the name of the syncer, the manifest's or the default one
   */
  record ExecutingManifest(Manifest manifest, String strategy) implements DeployEvent {
    @Override
    public String message() {
      return "Executing manifest " + ManifestText.of(manifest, strategy);
    }
  }

  /**
   * Another deploy to the same dest is running.
   *
   * @param dest the directory
   * @param limit how long this deploy waits for it
   */
  record WaitingForLock(Path dest, Duration limit) implements DeployEvent {
    @Override
    public String message() {
      return "Another deploy to %s is running, waiting for it up to %s"
          .formatted(NativeText.text(dest), GoDuration.format(limit));
    }
  }

  /**
   * The wait for another deploy to the same dest is over: that deploy ended, or this one gives up.
   *
   * @param dest the directory
   * @param elapsed how long this deploy waited
   */
  record WaitedForLock(Path dest, Duration elapsed) implements DeployEvent {
    @Override
    public String message() {
      return "Waited %s for another deploy to %s"
          .formatted(GoDuration.format(elapsed), NativeText.text(dest));
    }
  }

  /** All is ready but the switch, for which this deploy waits; see {@code BeforeSwitch}. */
  record WaitingForTurn() implements DeployEvent {
    @Override
    public String message() {
      return "All is ready but the switch, waiting for its turn";
    }
  }

  /**
   * The deploy may go on.
   *
   * @param elapsed how long it waited
   */
  record WaitedForTurn(Duration elapsed) implements DeployEvent {
    @Override
    public String message() {
      return "Waited %s for its turn".formatted(GoDuration.format(elapsed));
    }
  }

  /**
   * A leftover of a killed deploy to the same dest was removed.
   *
   * @param path a staging directory or a spool file
   */
  record LeftoverRemoved(Path path) implements DeployEvent {
    @Override
    public String message() {
      return "Removed %s, which a killed deploy left behind".formatted(NativeText.text(path));
    }
  }

  /**
   * An object is being opened.
   *
   * @param uri which one
   */
  record LoadingUrl(URI uri) implements DeployEvent {
    @Override
    public String message() {
      return "Loading URL " + RedactedUri.of(uri);
    }

    /** Returns it as any record, but without what may be secret in the URL. */
    @Override
    public String toString() {
      return "LoadingUrl[uri=%s]".formatted(RedactedUri.of(uri));
    }
  }

  /**
   * A download failed and will be tried again.
   *
   * @param cause what went wrong
   * @param attempt which retry is next, from 1
   * @param retries how many there are
   * @param pause how long the engine waits before it
   */
  record RetryScheduled(String cause, int attempt, int retries, Duration pause)
      implements DeployEvent {
    @Override
    public String message() {
      return "Get src failed: %s. Try again (%s of %s). Waiting: %s"
          .formatted(cause, attempt, retries, GoDuration.format(pause));
    }
  }

  /**
   * A step takes long; reported every ten seconds.
   *
   * @param progress how far it is
   */
  record StillRunning(Progress progress) implements DeployEvent {
    @Override
    public String message() {
      return progress.message();
    }
  }

  /**
   * An archive, or what is needed of it, is on this host.
   *
   * @param bytes how many were fetched, which is its length if all of it was
   * @param file where it is
   * @param inPlace whether this file is the source itself, and not a copy
   * @param elapsed how long it took
   * @param part what was fetched, if the archive's table of contents told what is needed
   */
  record Fetched(long bytes, Path file, boolean inPlace, Duration elapsed, Optional<Part> part)
      implements DeployEvent {
    /** An archive that was fetched as a whole. */
    public Fetched(long bytes, Path file, boolean inPlace, Duration elapsed) {
      this(bytes, file, inPlace, elapsed, Optional.empty());
    }

    /**
     * Part of an archive.
     *
     * @param archiveBytes the length of the whole archive
     * @param ranges in how many requests the part came, the table of contents included
     * @param files how many regular files the archive has
     * @param inDest how many of them were not needed, since dest has them or, under another name,
     *     their contents
     */
    public record Part(long archiveBytes, int ranges, long files, long inDest) {}

    @Override
    public String message() {
      if (part.isPresent()) {
        Part of = part.get();
        return "Fetched %s of %s in %s; %s of %s files are in dest"
            .formatted(
                ByteSize.format(bytes),
                ByteSize.format(of.archiveBytes()),
                of.ranges() == 1
                    ? "1 range"
                    : String.format(Locale.ROOT, "%,d ranges", of.ranges()),
                String.format(Locale.ROOT, "%,d", of.inDest()),
                String.format(Locale.ROOT, "%,d", of.files()));
      }
      double seconds = Math.max(elapsed.toNanos(), 1) / 1e9;
      return (inPlace
              ? "Read %s bytes in place from %s (in %s, %s/s)"
              : "Wrote %s bytes to %s (in %s, %s/s)")
          .formatted(
              String.format(Locale.ROOT, "%,d", bytes),
              NativeText.text(file),
              GoDuration.format(elapsed),
              ByteSize.format((long) (bytes / seconds)));
    }
  }

  /**
   * An archive is the one that the manifest describes.
   *
   * @param found what identifies it, such as {@code sha256:…}
   */
  record Verified(String found) implements DeployEvent {
    private static final Pattern DIGEST =
        Pattern.compile("(?:md5|sha1|sha256|sha512):([0-9a-f]{32,128})");

    /** Has the bare value of a digest, for which people grep. */
    @Override
    public String message() {
      Matcher digest = DIGEST.matcher(found);
      return "Checksum ok: " + (digest.matches() ? digest.group(1) : found);
    }
  }

  /**
   * A command starts.
   *
   * @param phase when it runs
   * @param command the command
   */
  record HookStarted(Hook.Phase phase, String command) implements DeployEvent {
    @Override
    public String message() {
      return "invoking command: " + command;
    }
  }

  /**
   * A command printed a line.
   *
   * @param phase when it runs
   * @param stream where it printed to; always {@code OUT} for {@code pre} and {@code post}
   *     commands, whose outputs are joined, so that their lines keep their order
   * @param line the line
   */
  record HookPrinted(Hook.Phase phase, HookOutput.Stream stream, String line)
      implements DeployEvent {
    @Override
    public String message() {
      return line;
    }
  }

  /**
   * A command has ended, by itself or because the deploy or its time was over.
   *
   * @param phase when it ran
   * @param command the command
   * @param exitStatus its exit status; empty if it could not be started or was ended
   * @param elapsed how long it ran
   */
  record HookEnded(Hook.Phase phase, String command, Optional<Integer> exitStatus, Duration elapsed)
      implements DeployEvent {
    @Override
    public String message() {
      String status =
          exitStatus.map(number -> "with exit status " + number).orElse("without an exit status");
      return "command ended after %s %s".formatted(GoDuration.format(elapsed), status);
    }
  }

  /**
   * The {@code health} commands do not pass, and run again. It is told when it begins, and when
   * something else fails than before.
   *
   * @param reason which command failed, and how
   * @param left how long they are tried at most
   */
  record HealthFailing(String reason, Duration left) implements DeployEvent {
    @Override
    public String message() {
      return "%s; trying again, for %s at most"
          .formatted(reason, GoDuration.format(left.truncatedTo(ChronoUnit.MILLIS)));
    }
  }

  /**
   * The {@code health} commands have passed long enough.
   *
   * @param steady for how long they had to pass without a break; zero is one pass
   * @param rounds how often they ran
   * @param elapsed how long that took
   */
  record HealthPassed(Duration steady, long rounds, Duration elapsed) implements DeployEvent {
    @Override
    public String message() {
      String how = steady.isZero() ? "" : " for " + GoDuration.format(steady);
      return "Health ok: the commands passed%s, in %s round%s and %s"
          .formatted(
              how,
              rounds,
              rounds == 1 ? "" : "s",
              GoDuration.format(elapsed.truncatedTo(ChronoUnit.MILLIS)));
    }
  }

  /**
   * A manifest is authentic.
   *
   * @param by what proves it: the digest in its URL, or a signature
   */
  record ManifestVerified(String by) implements DeployEvent {
    @Override
    public String message() {
      return "Manifest ok: " + by;
    }
  }

  /**
   * An archive is being unpacked.
   *
   * @param archive the archive
   * @param directory the private directory that it is unpacked into
   */
  record Extracting(Path archive, Path directory) implements DeployEvent {
    @Override
    public String message() {
      return "Extract archive: %s to %s"
          .formatted(NativeText.text(archive), NativeText.text(directory));
    }
  }

  /**
   * An archive was unpacked.
   *
   * @param entries how many entries it has
   * @param bytes the length of their contents
   * @param elapsed how long it took
   */
  record Extracted(long entries, long bytes, Duration elapsed) implements DeployEvent {
    @Override
    public String message() {
      return "Extracted %s entries, %s, in %s"
          .formatted(entries, ByteSize.format(bytes), GoDuration.format(elapsed));
    }
  }

  /**
   * A syncer said something.
   *
   * @param line a line
   */
  record SyncPrinted(String line) implements DeployEvent {
    @Override
    public String message() {
      return line;
    }
  }

  /**
   * Dest is up to date.
   *
   * @param report what was done
   */
  record Synced(SyncReport report) implements DeployEvent {
    @Override
    public String message() {
      return report.summary();
    }
  }

  /**
   * A release of the archive is there already, so that nothing is fetched.
   *
   * @param release its ID
   */
  record ReleaseFound(String release) implements DeployEvent {
    @Override
    public String message() {
      return "Release %s has this archive already, nothing is fetched".formatted(release);
    }
  }

  /**
   * A release is complete and on disk, and not live yet.
   *
   * @param release its ID
   * @param directory where it is
   */
  record ReleasePrepared(String release, Path directory) implements DeployEvent {
    @Override
    public String message() {
      return "Prepared release %s in %s".formatted(release, NativeText.text(directory));
    }
  }

  /**
   * A release could not be prepared; what is live is as it was.
   *
   * @param cause why
   * @param elapsed how long it took, from the manifest's fetch on
   */
  record PrepareFailed(StretcherException cause, Duration elapsed) implements DeployEvent {
    @Override
    public String message() {
      return "Prepare release failed: " + cause.getMessage();
    }
  }

  /**
   * A release became live.
   *
   * @param release its ID
   * @param previous the ID of the release that was live before; empty on the first
   * @param link where the application finds the live release
   */
  record Switched(String release, Optional<String> previous, Path link) implements DeployEvent {
    @Override
    public String message() {
      return "Switched %s to release %s%s"
          .formatted(
              NativeText.text(link), release, previous.map(id -> ", it was " + id).orElse(""));
    }
  }

  /**
   * An earlier release is live again, and its commands have passed.
   *
   * @param from the ID of the release that was left, which counts as bad now; empty if none was
   *     live
   * @param to the ID of the release that is live
   * @param elapsed how long it took, from the verification of the release to the last command
   */
  record RolledBack(Optional<String> from, String to, Duration elapsed) implements DeployEvent {
    @Override
    public String message() {
      return "Rolled back %sto %s in %s"
          .formatted(
              from.map(id -> "from release " + id + " ").orElse(""),
              to,
              GoDuration.format(elapsed));
    }
  }

  /**
   * There was no way back to an earlier release, or its commands failed.
   *
   * @param cause why
   * @param elapsed how long it took
   * @param link the link by which the application finds the live release, if there was an attempt
   *     to switch it
   * @param release the ID of the release to which it leads now
   */
  record RollbackFailed(
      StretcherException cause, Duration elapsed, Optional<Path> link, Optional<String> release)
      implements DeployEvent {
    @Override
    public String message() {
      String now =
          link.isPresent() && release.isPresent()
              ? "; %s leads to release %s now".formatted(NativeText.text(link.get()), release.get())
              : "";
      return "Rollback failed: " + cause.getMessage() + now;
    }
  }

  /**
   * Releases that were too many were removed.
   *
   * @param releases their IDs
   */
  record Pruned(List<String> releases) implements DeployEvent {
    @Override
    public String message() {
      return (releases.size() == 1 ? "Pruned release " : "Pruned releases ")
          + String.join(", ", releases);
    }
  }

  /**
   * A newer event for the same dest came while this event waited, and is deployed in its place.
   *
   * @param dest the directory
   * @param elapsed how long it waited, from the manifest's fetch on
   */
  record Superseded(Path dest, Duration elapsed) implements DeployEvent {
    @Override
    public String message() {
      return "Superseded: a newer event for %s came, this one is not deployed"
          .formatted(NativeText.text(dest));
    }
  }

  /**
   * An event came that was handled before.
   *
   * @param earlier how the earlier deploy ended
   */
  record Replayed(LedgerRecord earlier) implements DeployEvent {
    @Override
    public String message() {
      return "Event %s was handled before (%s at %s) and is not deployed again; send a new one, or use %s"
          .formatted(
              earlier.event().orElse(""),
              earlier.outcome().label(),
              earlier.time().toString(),
              Settings.REPLAY.mention(Replay.DEPLOY));
    }
  }

  /** A dry run begins, which changes nothing and runs no command. */
  record DryRunStarted() implements DeployEvent {
    @Override
    public String message() {
      return "Dry run: nothing is changed, no command is run";
    }
  }

  /**
   * A command would run now, if this were not a dry run.
   *
   * @param phase when it runs
   * @param command the command
   */
  record WouldRun(Hook.Phase phase, String command) implements DeployEvent {
    @Override
    public String message() {
      return "would run %s command: %s".formatted(phase.name().toLowerCase(Locale.ROOT), command);
    }
  }

  /**
   * A sync would do something.
   *
   * @param line a line of its plan
   */
  record WouldSync(String line) implements DeployEvent {
    @Override
    public String message() {
      return line;
    }
  }

  /**
   * The plan of a sync is complete, after it was reported line by line.
   *
   * @param plan the whole plan
   */
  record Planned(SyncPlan plan) implements DeployEvent {
    @Override
    public String message() {
      return plan.summary();
    }
  }

  /**
   * The plan of a sync is not known; the dry run goes on.
   *
   * @param reason why
   */
  record NotPlanned(String reason) implements DeployEvent {
    @Override
    public String message() {
      return reason;
    }
  }

  /**
   * A dry run failed, as the deploy would fail; no {@code failure} command runs.
   *
   * @param cause why
   * @param elapsed how long it took, from the manifest's fetch on
   */
  record DryRunFailed(StretcherException cause, Duration elapsed) implements DeployEvent {
    @Override
    public String message() {
      return "Dry run failed: " + cause.getMessage();
    }
  }

  /**
   * A dry run is over and found nothing that would stop the deploy.
   *
   * @param elapsed how long it took, from the manifest's fetch on
   */
  record DryRunDone(Duration elapsed) implements DeployEvent {
    @Override
    public String message() {
      return "Dry run done, nothing was changed";
    }
  }

  /**
   * Something was not as it should be, and the deploy goes on.
   *
   * @param message what was wrong
   */
  record Warning(String message) implements DeployEvent {}

  /**
   * A resident agent says something about itself, and nothing is wrong.
   *
   * @param message what it says
   */
  record Notice(String message) implements DeployEvent {}

  /**
   * There is no manifest to deploy: the event or the manifest could not be read.
   *
   * @param cause why
   * @param elapsed how long the manifest's fetch took; 0 if there was none
   */
  record NotStarted(StretcherException cause, Duration elapsed) implements DeployEvent {
    @Override
    public String message() {
      String what =
          cause.stage() == Stage.EVENT ? "Could not parse event: " : "Load manifest failed: ";
      return what + cause.getMessage();
    }
  }

  /**
   * The deploy failed; {@code failure} commands may follow.
   *
   * @param cause why
   * @param elapsed how long it took, from the manifest's fetch on
   */
  record Failed(StretcherException cause, Duration elapsed) implements DeployEvent {
    @Override
    public String message() {
      return "Deploy manifest failed: " + cause.getMessage();
    }
  }

  /**
   * The thread that deploys was interrupted, for example because of a signal.
   *
   * @param elapsed how long the deploy took until then, from the manifest's fetch on; 0 before
   */
  record Cancelled(Duration elapsed) implements DeployEvent {
    @Override
    public String message() {
      return "Cancelled: commands were ended, temporary files removed";
    }
  }

  /**
   * The deploy worked; {@code success} commands may follow.
   *
   * @param elapsed how long it took, from the manifest's fetch on
   */
  record Succeeded(Duration elapsed) implements DeployEvent {
    @Override
    public String message() {
      return "Deploy manifest succeeded.";
    }
  }

  /** The run has ended; no event follows. */
  record Done() implements DeployEvent {
    @Override
    public String message() {
      return "Done";
    }
  }
}
