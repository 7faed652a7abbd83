package dev.stretcher.report;

import dev.stretcher.spi.Hook;
import dev.stretcher.yaml.Problem;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A deploy failed. Each way to fail is a class of its own, with the data that a program needs.
 *
 * <p>The message is one line: what failed, on which object, what was expected and, if {@link
 * #remedy} knows one, what to do. It never contains credentials, user information or query strings;
 * the data, such as {@link BadManifest#uri}, is as it came and may.
 */
public abstract sealed class StretcherException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Stage stage;
  private final @Nullable String remedy;

  private StretcherException(Stage stage, Failure failure) {
    super(failure.message(), failure.cause());
    this.stage = stage;
    this.remedy = failure.remedy();
  }

  /** Returns what failed, on which object, what was expected and what to do, on one line. */
  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  /** Returns the step that failed. */
  public Stage stage() {
    return stage;
  }

  /** Returns what to do about it, which is also the end of the message. */
  public Optional<String> remedy() {
    return Optional.ofNullable(remedy);
  }

  /** What all failures have. */
  public record Failure(String what, @Nullable String remedy, @Nullable Throwable cause) {
    public static Failure of(String what) {
      return new Failure(what, null, null);
    }

    public static Failure of(String what, Throwable cause) {
      return new Failure(what, null, cause);
    }

    public Failure withRemedy(String remedy) {
      return new Failure(what, remedy, cause);
    }

    /** Returns all that the exception says, on one line. */
    public String message() {
      String text = remedy == null ? what : what + "; " + remedy;
      return text.replaceAll("\\s*\\R\\s*", " ");
    }
  }

  /** What came from the event source is not an event that names a manifest. */
  public static final class BadEvent extends StretcherException {
    private static final long serialVersionUID = 1L;

    public BadEvent(Failure failure) {
      super(Stage.EVENT, failure);
    }
  }

  /** What was fetched is not a manifest, or not one that can be deployed here. */
  public static final class BadManifest extends StretcherException {
    private static final long serialVersionUID = 1L;

    private final URI uri;
    private final transient List<Problem> problems;
    private final transient List<Problem> warnings;

    public BadManifest(URI uri, List<Problem> problems, List<Problem> warnings, Failure failure) {
      super(Stage.MANIFEST, failure);
      this.uri = uri;
      this.problems = List.copyOf(problems);
      this.warnings = List.copyOf(warnings);
    }

    /** Returns where the manifest came from. */
    public URI uri() {
      return uri;
    }

    /** Returns all that is wrong with it. */
    public List<Problem> problems() {
      return problems;
    }

    /** Returns what is odd in it besides, such as an unknown key. */
    public List<Problem> warnings() {
      return warnings;
    }
  }

  /** The operator does not allow it, see {@link dev.stretcher.policy.Policy}. */
  public static final class Forbidden extends StretcherException {
    private static final long serialVersionUID = 1L;

    public Forbidden(Stage stage, Failure failure) {
      super(stage, failure);
    }
  }

  /** A manifest or an archive could not be fetched. */
  public static final class SourceUnavailable extends StretcherException {
    private static final long serialVersionUID = 1L;

    private final URI uri;

    public SourceUnavailable(Stage stage, URI uri, Failure failure) {
      super(stage, failure);
      this.uri = uri;
    }

    /** Returns what could not be fetched. */
    public URI uri() {
      return uri;
    }
  }

  /** The archive is not the one that the manifest describes. */
  public static final class VerificationFailed extends StretcherException {
    private static final long serialVersionUID = 1L;

    private final URI uri;

    public VerificationFailed(URI uri, Failure failure) {
      super(Stage.VERIFY, failure);
      this.uri = uri;
    }

    /** Returns where the archive came from. */
    public URI uri() {
      return uri;
    }
  }

  /** The archive was verified, but is not an archive that can be unpacked. */
  public static final class BadArchive extends StretcherException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String entry;

    public BadArchive(@Nullable String entry, Failure failure) {
      super(Stage.EXTRACT, failure);
      this.entry = entry;
    }

    /** Returns the entry that could not be unpacked, if it was one. */
    public Optional<String> entry() {
      return Optional.ofNullable(entry);
    }
  }

  /**
   * An archive could not be kept or unpacked on this host, for a reason that is neither the
   * source's nor the archive's: a full disk, a permission, no temporary directory. Dest is
   * untouched.
   */
  public static final class StorageFailed extends StretcherException {
    private static final long serialVersionUID = 1L;

    private final transient Path directory;

    public StorageFailed(Stage stage, Path directory, Failure failure) {
      super(stage, failure);
      this.directory = directory;
    }

    /** Returns the directory that could not take it. */
    public Path directory() {
      return directory;
    }
  }

  /** Dest could not be brought to the archive's content. */
  public static final class SyncFailed extends StretcherException {
    private static final long serialVersionUID = 1L;

    private final transient Path dest;

    public SyncFailed(Path dest, Failure failure) {
      super(Stage.SYNC, failure);
      this.dest = dest;
    }

    /** Returns the directory that was to change. */
    public Path dest() {
      return dest;
    }
  }

  /** A {@code pre} or {@code post} command failed. */
  public static final class HookFailed extends StretcherException {
    private static final long serialVersionUID = 1L;

    private final Hook.Phase phase;
    private final String command;
    private final @Nullable Integer exitStatus;

    public HookFailed(
        Hook.Phase phase, String command, @Nullable Integer exitStatus, Failure failure) {
      super(phase == Hook.Phase.PRE ? Stage.PRE : Stage.POST, failure);
      this.phase = phase;
      this.command = command;
      this.exitStatus = exitStatus;
    }

    /** Returns when the command ran. */
    public Hook.Phase phase() {
      return phase;
    }

    /** Returns the command. */
    public String command() {
      return command;
    }

    /** Returns its exit status; empty if it could not be started. */
    public Optional<Integer> exitStatus() {
      return Optional.ofNullable(exitStatus);
    }
  }

  /** A limit in time was reached. */
  public static final class TimedOut extends StretcherException {
    private static final long serialVersionUID = 1L;

    private final Duration limit;

    public TimedOut(Stage stage, Duration limit, Failure failure) {
      super(stage, failure);
      this.limit = limit;
    }

    /** Returns the limit. */
    public Duration limit() {
      return limit;
    }
  }

  /** Another deploy to the same dest did not end in time. */
  public static final class Busy extends StretcherException {
    private static final long serialVersionUID = 1L;

    private final transient Path dest;

    public Busy(Path dest, Failure failure) {
      super(Stage.LOCK, failure);
      this.dest = dest;
    }

    /** Returns the directory that is being deployed to. */
    public Path dest() {
      return dest;
    }
  }

  /** The lock of dest could not be made or read: it is not known whether another deploy runs. */
  public static final class LockFailed extends StretcherException {
    private static final long serialVersionUID = 1L;

    private final transient Path dest;

    public LockFailed(Path dest, Failure failure) {
      super(Stage.LOCK, failure);
      this.dest = dest;
    }

    /** Returns the directory that was to be locked. */
    public Path dest() {
      return dest;
    }
  }

  /**
   * Something happened that no one has thought of: a bug of Stretcher or of a plug-in, or too
   * little memory. The cause says what.
   */
  public static final class Defect extends StretcherException {
    private static final long serialVersionUID = 1L;

    public Defect(Throwable cause) {
      super(
          Stage.UNKNOWN,
          cause instanceof OutOfMemoryError
              ? Failure.of(JvmMemory.text() + " is not enough: " + cause.getMessage(), cause)
                  .withRemedy(JvmMemory.remedy())
              : Failure.of("an unexpected failure: " + cause, cause)
                  .withRemedy("it is a bug of Stretcher or of a plug-in, please report it"));
    }
  }
}
