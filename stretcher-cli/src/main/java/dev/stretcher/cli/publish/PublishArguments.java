package dev.stretcher.cli.publish;

import dev.stretcher.cli.flag.Flag;
import dev.stretcher.cli.flag.FleetSettings;
import dev.stretcher.cli.flag.SignSettings;
import dev.stretcher.cli.flag.UsageException;
import dev.stretcher.cli.fleet.StoreArgument;
import dev.stretcher.cli.invocation.Invocation;
import dev.stretcher.cli.rollout.RuleFlags;
import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.RolloutRules;
import dev.stretcher.option.Options;
import dev.stretcher.option.Setting;
import dev.stretcher.text.NativeText;
import dev.stretcher.text.RedactedUri;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the command line says of a publication.
 *
 * @param store the store where the version becomes desired; empty for none
 * @param rules in which order it reaches the hosts
 */
record PublishArguments(
    AppName app,
    Path source,
    URI to,
    Path manifest,
    Optional<String> id,
    Map<String, String> env,
    Optional<URI> store,
    RolloutRules rules) {
  static PublishArguments of(Invocation invocation) throws UsageException {
    Path source = NativeText.path(invocation.requireParameter());
    Options options = invocation.options();
    requireAll(options, List.of(PublishSettings.APP, PublishSettings.TO, PublishSettings.MANIFEST));
    requireSense(options);
    Optional<URI> store = store(invocation);
    if (store.isEmpty() && RuleFlags.areGiven(options)) {
      throw new UsageException(
          "--canary, --max-parallel, --max-failures and --on-failure are rules of a rollout; name"
              + " its store by --store");
    }
    return new PublishArguments(
        new AppName(options.get(PublishSettings.APP)),
        source,
        to(options.get(PublishSettings.TO)),
        NativeText.path(options.get(PublishSettings.MANIFEST)),
        Optional.of(options.get(PublishSettings.ID)).filter(id -> !id.isEmpty()),
        env(options.get(PublishSettings.ENV)),
        store,
        RuleFlags.of(options));
  }

  private static void requireAll(Options options, List<Setting<String>> settings)
      throws UsageException {
    List<String> missing =
        settings.stream().filter(each -> options.get(each).isEmpty()).map(Flag::usage).toList();
    if (!missing.isEmpty()) {
      throw new UsageException("Missing option: " + String.join(", ", missing));
    }
  }

  private static void requireSense(Options options) throws UsageException {
    if (options.get(PublishSettings.PRUNE) && options.get(PublishSettings.KEEP) < 1) {
      throw new UsageException("--prune removes what --keep names; add --keep=COUNT");
    }
    if (options.isSet(SignSettings.PASSWORD_FILE) && !options.isSet(SignSettings.SIGN)) {
      throw new UsageException("--sign-password-file is of the key of --sign; add --sign=FILE");
    }
  }

  private static URI to(String text) throws UsageException {
    try {
      URI address = new URI(text);
      if (address.isAbsolute()) {
        return address;
      }
    } catch (URISyntaxException e) {
      // Its message has the whole address, and so its secrets.
    }
    throw new UsageException(
        "--to is '%s'; expected an address such as s3://deploys or file:/srv/deploys"
            .formatted(RedactedUri.of(text)));
  }

  private static Map<String, String> env(List<String> pairs) throws UsageException {
    Map<String, String> env = new LinkedHashMap<>();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new UsageException("--env is '%s'; expected NAME=VALUE".formatted(pair));
      }
      env.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return env;
  }

  /** Without a store, a version is only uploaded: nothing need name one. */
  private static Optional<URI> store(Invocation invocation) throws UsageException {
    boolean named =
        !invocation.options().get(FleetSettings.STORE).isEmpty()
            || !invocation
                .surroundings()
                .environment()
                .getOrDefault(FleetSettings.STORE_VARIABLE, "")
                .isEmpty();
    if (!named && !invocation.options().get(PublishSettings.EVENT).isEmpty()) {
      throw new UsageException("--event is fired by the store; name it by --store");
    }
    return named ? Optional.of(StoreArgument.address(invocation)) : Optional.empty();
  }
}
