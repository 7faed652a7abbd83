package dev.stretcher.internal.hook;

import dev.stretcher.manifest.Manifest;
import dev.stretcher.report.Secrets;
import dev.stretcher.report.StretcherException;
import dev.stretcher.text.NativeText;
import dev.stretcher.text.RedactedUri;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The variables that tell the commands of a manifest which deploy they are part of. */
public final class HookEnvironment {
  /** The kernel refuses a variable of more than 128 KiB, and a command line is part of an error. */
  private static final int LONGEST_ERROR = 4000;

  private static final String MANIFEST_URL = "STRETCHER_MANIFEST_URL";
  private static final String DEPLOY_ID = "STRETCHER_DEPLOY_ID";
  private static final String SRC = "STRETCHER_SRC";
  private static final String DEST = "STRETCHER_DEST";
  private static final String CHECKSUM = "STRETCHER_CHECKSUM";
  private static final String STATUS = "STRETCHER_STATUS";
  private static final String FAILED_STAGE = "STRETCHER_FAILED_STAGE";
  private static final String ERROR = "STRETCHER_ERROR";
  private static final String RELEASE = "STRETCHER_RELEASE";
  private static final String PREVIOUS = "STRETCHER_PREVIOUS";
  private static final String ROLLED_BACK = "STRETCHER_ROLLED_BACK";

  /** The variables of a deploy; not every command gets all of them. */
  private static final Set<String> NAMES =
      Set.of(
          MANIFEST_URL,
          DEPLOY_ID,
          SRC,
          DEST,
          CHECKSUM,
          STATUS,
          FAILED_STAGE,
          ERROR,
          RELEASE,
          PREVIOUS,
          ROLLED_BACK);

  private final Map<String, String> always;
  private final Optional<String> rolledBack;

  public HookEnvironment(URI uri, String deployId, Manifest manifest) {
    this(RedactedUri.of(uri), deployId, manifest);
  }

  /**
   * Creates the variables of a manifest that was deployed before.
   *
   * @param url where it was, without secrets
   */
  public HookEnvironment(String url, String deployId, Manifest manifest) {
    Map<String, String> variables = without(manifest.env());
    variables.put(MANIFEST_URL, url);
    variables.put(DEPLOY_ID, deployId);
    manifest.payload().ifPresent(payload -> add(payload, variables));
    this.always = Map.copyOf(variables);
    this.rolledBack = Optional.empty();
  }

  private HookEnvironment(Map<String, String> always, Optional<String> rolledBack) {
    this.always = Map.copyOf(always);
    this.rolledBack = rolledBack;
  }

  /**
   * Returns the variables of a deploy that makes a release live.
   *
   * @param id that of the release
   * @param previous that of the release which was live before; empty if none was
   * @param link where the application finds the live release: for the commands that is dest
   */
  HookEnvironment releasing(String id, Optional<String> previous, Path link) {
    Map<String, String> variables = new HashMap<>(always);
    variables.put(RELEASE, id);
    variables.remove(PREVIOUS);
    previous.ifPresent(before -> variables.put(PREVIOUS, before));
    variables.put(DEST, NativeText.text(link));
    return new HookEnvironment(variables, rolledBack);
  }

  /**
   * Returns the variables of a deploy that has failed and was rolled back; only {@code failure}
   * commands learn that.
   *
   * @param id that of the release which is live again
   */
  HookEnvironment rolledBackTo(String id) {
    return new HookEnvironment(always, Optional.of(id));
  }

  /**
   * Returns an environment without these variables: an agent that a command of another deploy
   * starts has inherited those of that deploy.
   */
  public static Map<String, String> without(Map<String, String> environment) {
    Map<String, String> others = new HashMap<>(environment);
    others.keySet().removeAll(NAMES);
    return others;
  }

  private static void add(Manifest.Payload payload, Map<String, String> variables) {
    variables.put(SRC, RedactedUri.of(payload.archive().src()));
    variables.put(DEST, NativeText.text(payload.target().dest()));
    payload
        .archive()
        .checksum()
        .ifPresent(checksum -> variables.put(CHECKSUM, checksum.toString()));
  }

  /** Returns the variables during the deploy, before its end is known. */
  Map<String, String> running() {
    return with("running", Optional.empty());
  }

  /** Returns the variables after a deploy that worked. */
  Map<String, String> succeeded() {
    return with("success", Optional.empty());
  }

  /** Returns the variables after a deploy that failed. */
  Map<String, String> failed(StretcherException cause, Secrets secrets) {
    Map<String, String> variables = with("failure", Optional.of(cause));
    variables.computeIfPresent(ERROR, (name, error) -> secrets.apply(error));
    rolledBack.ifPresent(id -> variables.put(ROLLED_BACK, id));
    return variables;
  }

  private Map<String, String> with(String status, Optional<StretcherException> cause) {
    Map<String, String> variables = new HashMap<>(always);
    variables.put(STATUS, status);
    cause.ifPresent(
        failure -> {
          variables.put(FAILED_STAGE, failure.stage().name().toLowerCase(Locale.ROOT));
          variables.put(ERROR, shortened(failure.getMessage()));
        });
    return variables;
  }

  private static String shortened(String message) {
    String text = message.replace('\0', '\ufffd');
    return text.length() > LONGEST_ERROR ? text.substring(0, LONGEST_ERROR) + "..." : text;
  }
}
