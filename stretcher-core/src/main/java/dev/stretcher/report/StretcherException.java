package dev.stretcher.report;

import dev.stretcher.spi.Hook;
import dev.stretcher.text.Printable;
import dev.stretcher.text.Problem;
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
 * the data, such as {@link BadManifest#uri}, is unchanged and may contain them.
 */
public abstract sealed class StretcherException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Stage stage;
  private final String what;
  private final @Nullable String remedy;

  private StretcherException(Stage stage, Failure failure) {
    super(failure.message(), failure.cause());
    this.stage = stage;
    this.what = Printable.line(failure.what().strip());
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

  /** Returns the message without the remedy. */
  public String what() {
    return what;
  }

  /** Returns the remedy, which is also the end of the message. */
  public Optional<String> remedy() {
    return Optional.ofNullable(remedy);
  }

  /** The parts of every failure. */
  public record Failure(String what, @Nullable String remedy, @Nullable Throwable cause) {
    /**
     * Creates them; if too few files could be opened, that is to be remedied, wherever it shows.
     */
    public Failure {
      remedy = OpenFiles.areTooFew(cause) ? OpenFiles.remedy() : remedy;
    }

    public static Failure of(String what) {
      return new Failure(what, null, null);
    }

    public static Failure of(String what, Throwable cause) {
      return new Failure(what, null, cause);
    }

    public Failure withRemedy(String remedy) {
      return new Failure(what, remedy, cause);
    }

    /** Returns the whole message, on one line, in which control characters are shown escaped. */
    public String message() {
      String text = remedy == null ? what : what + "; " + remedy;
      return Printable.line(text.strip());
    }
  }

  /** The event source received something that is not an event with the URL of a manifest. */
  public static final class BadEvent extends StretcherException {
    private static final long serialVersionUID = 1L;

    public BadEvent(Failure failure) {
      super(Stage.EVENT, failure);
    }
  }

  /** The fetched file is not a manifest, or not one that can be deployed here. */
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

    /** Returns all problems of the manifest. */
    public List<Problem> problems() {
      return problems;
    }

    /** Returns further oddities of the manifest, such as an unknown key. */
    public List<Problem> warnings() {
      return warnings;
    }
  }

  /** The operator does not allow this deploy, see {@link dev.stretcher.policy.Policy}. */
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

    /** Returns the URL that could not be fetched. */
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

    /** Returns the entry that could not be unpacked, if the failure is about one. */
    public Optional<String> entry() {
      return Optional.ofNullable(entry);
    }
  }

  /**
   * An archive could not be kept or unpacked on this host, for a reason that lies neither in the
   * source nor in the archive: a full disk, a permission, no temporary directory. Dest is
   * untouched.
   */
  public static final class StorageFailed extends StretcherException {
    private static final long serialVersionUID = 1L;

    private final transient Path directory;

    public StorageFailed(Stage stage, Path directory, Failure failure) {
      super(stage, failure);
      this.directory = directory;
    }

    /** Returns the directory that could not take the archive. */
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
      super(stage(phase), failure);
      this.phase = phase;
      this.command = command;
      this.exitStatus = exitStatus;
    }

    private static Stage stage(Hook.Phase phase) {
      return switch (phase) {
        case PRE -> Stage.PRE;
        case HEALTH -> Stage.HEALTH;
        default -> Stage.POST;
      };
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

  /** A time limit was reached. */
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
   * An unexpected failure: a bug of Stretcher or of a plug-in, or too little memory. The cause says
   * which.
   */
  public static final class Defect extends StretcherException {
    private static final long serialVersionUID = 1L;

    public Defect(Throwable cause) {
      this(Stage.UNKNOWN, cause);
    }

    public Defect(Stage stage, Throwable cause) {
      super(
          stage,
          cause instanceof OutOfMemoryError error
              ? Failure.of(JvmMemory.text(error) + " is not enough: " + cause.getMessage(), cause)
                  .withRemedy(JvmMemory.remedy(error))
              : Failure.of("an unexpected failure: " + cause, cause)
                  .withRemedy("it is a bug of Stretcher or of a plug-in, please report it"));
    }
  }
}
