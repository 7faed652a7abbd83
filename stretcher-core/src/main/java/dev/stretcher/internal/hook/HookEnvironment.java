package dev.stretcher.internal.hook;

import dev.stretcher.manifest.Manifest;
import dev.stretcher.report.Secrets;
import dev.stretcher.report.StretcherException;
import dev.stretcher.text.NativeText;
import dev.stretcher.text.RedactedUri;
import java.net.URI;
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

  /** The variables of a deploy; not every command gets all of them. */
  private static final Set<String> NAMES =
      Set.of(MANIFEST_URL, DEPLOY_ID, SRC, DEST, CHECKSUM, STATUS, FAILED_STAGE, ERROR);

  private final Map<String, String> always;

  public HookEnvironment(URI uri, String deployId, Manifest manifest) {
    Map<String, String> variables = without(manifest.env());
    variables.put(MANIFEST_URL, RedactedUri.of(uri));
    variables.put(DEPLOY_ID, deployId);
    manifest.payload().ifPresent(payload -> add(payload, variables));
    this.always = Map.copyOf(variables);
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
