package dev.stretcher.cli.rollout;

import dev.stretcher.cli.flag.CommandFlag;
import dev.stretcher.cli.flag.UsageException;
import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.DesiredSigner;
import dev.stretcher.fleet.DesiredState;
import dev.stretcher.fleet.Fleet;
import dev.stretcher.fleet.MalformedValueException;
import dev.stretcher.fleet.PublishedMeanwhileException;
import dev.stretcher.fleet.RolloutRequest;
import dev.stretcher.fleet.RolloutRules;
import dev.stretcher.option.Options;
import dev.stretcher.option.Setting;
import dev.stretcher.text.RedactedUri;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a command line asks to do with a rollout. */
@FunctionalInterface
public interface RolloutAct {
  /** The manifest, or the ID. */
  Setting<String> TO =
      CommandFlag.text(
          "to",
          "URL",
          "What all hosts should have: a manifest, with #sha256= and its digest, or an ID of the"
              + " history.");

  /** The ID of a new version. */
  Setting<String> ID =
      CommandFlag.text(
          "id", "ID", "the time and the beginning of the digest", "What this version is called.");

  /** The way back. */
  Setting<Boolean> BACK = CommandFlag.onOff("back", "Make what was desired before desired again.");

  /** What is desired, once more. */
  Setting<Boolean> RETRY =
      CommandFlag.onOff(
          "retry", "Begin the rollout anew, so that hosts where it failed try again.");

  /** No host begins. */
  Setting<Boolean> PAUSE = CommandFlag.onOff("pause", "Let no more hosts begin to switch.");

  /** The end of a pause. */
  Setting<Boolean> RESUME = CommandFlag.onOff("resume", "Let the hosts go on after a pause.");

  /** What only hosts can see. */
  Setting<Boolean> UNCHECKED =
      CommandFlag.onOff(
          "unchecked", "Do not look here whether the manifest and its archive are there.");

  /** All flags of an act. */
  List<Setting<?>> FLAGS = flags();

  /**
   * Does it.
   *
   * @param by who does
   * @param check looks at the manifest that hosts would begin to deploy
   * @return what is desired now
   * @throws java.util.NoSuchElementException if there is none; the message says so
   */
  DesiredState on(Fleet fleet, String by, Optional<DesiredSigner> signer, ManifestCheck check)
      throws PublishedMeanwhileException,
          MalformedValueException,
          IOException,
          InterruptedException;

  private static List<Setting<?>> flags() {
    List<Setting<?>> flags =
        new ArrayList<>(List.of(TO, ID, BACK, RETRY, PAUSE, RESUME, UNCHECKED));
    flags.addAll(RuleFlags.ALL);
    return List.copyOf(flags);
  }

  /**
   * Returns what is asked for.
   *
   * @throws UsageException if that is nothing, or two things
   */
  static RolloutAct of(AppName app, Options options) throws UsageException {
    boolean rules = RuleFlags.areGiven(options);
    int acts = 0;
    for (Setting<?> act : List.of(TO, BACK, RETRY, PAUSE, RESUME)) {
      acts += options.isSet(act) ? 1 : 0;
    }
    if (acts > 1 || (acts == 0 && !rules)) {
      throw new UsageException(
          "expected one of --to=URL, --to=ID, --back, --retry, --pause and --resume, or rules"
              + " alone, such as --max-parallel=10%");
    }
    boolean isUrl = options.isSet(TO) && !isName(options.get(TO));
    if (options.isSet(ID) && !isUrl) {
      throw new UsageException("--id names a new version; expected --to=URL with it");
    }
    if (options.isSet(RETRY) && rules) {
      throw new UsageException("--retry takes the rules that there are; change them after it");
    }
    return isUrl ? to(app, options) : again(app, options);
  }

  private static RolloutAct to(AppName app, Options options) throws UsageException {
    URI manifest = manifest(options.get(TO));
    String id = id(options, manifest);
    RolloutRules rules = RuleFlags.of(options);
    return (fleet, by, signer, check) -> {
      fleet.requireOneContent(app, id, manifest);
      check.require(manifest);
      return fleet.rollout(new RolloutRequest(app, manifest, id, by, rules, signer));
    };
  }

  private static RolloutAct again(AppName app, Options options) throws UsageException {
    boolean begins = options.isSet(TO) || options.get(BACK);
    RolloutRules rules =
        begins ? RuleFlags.of(options) : RuleFlags.over(RolloutRules.NONE, options);
    if (options.isSet(TO)) {
      String id = options.get(TO);
      return (fleet, by, signer, check) -> {
        require(check, fleet.last(app, id));
        return fleet.to(app, id, by, rules, signer);
      };
    }
    if (options.get(BACK)) {
      return (fleet, by, signer, check) -> {
        Optional<String> id = fleet.desired(app).flatMap(DesiredState::previous);
        require(check, id.isEmpty() ? Optional.empty() : fleet.last(app, id.get()));
        return fleet.back(app, by, rules, signer);
      };
    }
    if (options.get(RETRY)) {
      return (fleet, by, signer, check) -> fleet.retry(app, by, signer);
    }
    boolean pauses = options.get(PAUSE);
    boolean resumes = options.get(RESUME);
    return (fleet, by, signer, check) ->
        fleet.change(app, by, now -> changed(now, options, pauses, resumes), signer);
  }

  /** That the history does not have it, is said by what asks for it then. */
  private static void require(ManifestCheck check, Optional<DesiredState> earlier)
      throws InterruptedException {
    if (earlier.isPresent()) {
      check.require(earlier.get().manifest());
    }
  }

  private static RolloutRules changed(
      RolloutRules now, Options options, boolean pauses, boolean resumes) {
    try {
      return RuleFlags.over(now, options).paused(pauses || (now.isPaused() && !resumes));
    } catch (UsageException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isName(String text) {
    try {
      return !new AppName(text).value().isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static URI manifest(String text) throws UsageException {
    String pin = "sha256=";
    try {
      URI url = new URI(text);
      String fragment = url.getRawFragment();
      if (url.isAbsolute() && fragment != null && fragment.startsWith(pin)) {
        return url;
      }
    } catch (URISyntaxException e) {
      // Its message has the whole address, and so its secrets.
    }
    throw new UsageException(
        "--to is '%s'; expected an absolute URL that ends with #sha256= and the digest of the manifest, as sha256sum prints it"
            .formatted(RedactedUri.of(text)));
  }

  private static String id(Options options, URI manifest) throws UsageException {
    if (options.isSet(ID)) {
      String id = options.get(ID);
      if (isName(id)) {
        return id;
      }
      throw new UsageException(
          "--id is '%s'; expected 1 to 100 of A-Z, a-z, 0-9, '.', '_' and '-', and a letter or a digit first"
              .formatted(id));
    }
    DateTimeFormatter time =
        DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    String fragment = manifest.getRawFragment();
    int digits = "sha256=".length();
    // As much of the digest as people compare.
    String some = fragment.substring(digits, Math.min(digits + 8, fragment.length()));
    return time.format(Clock.systemUTC().instant()) + "-" + some;
  }
}
