package dev.stretcher.cli.command;

import dev.stretcher.Stretcher;
import dev.stretcher.cli.config.Config;
import dev.stretcher.cli.config.ConfigFile;
import dev.stretcher.cli.flag.AgentSettings;
import dev.stretcher.cli.flag.FlagNames;
import dev.stretcher.cli.flag.Given;
import dev.stretcher.cli.flag.UsageException;
import dev.stretcher.ledger.Ledger;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.policy.Policy;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.DeployListener;
import dev.stretcher.report.Secrets;
import dev.stretcher.sources.GcsSource;
import dev.stretcher.sources.HttpSource;
import dev.stretcher.sources.S3Source;
import dev.stretcher.sources.setting.HttpSettings;
import dev.stretcher.sources.setting.SourceSettings;
import dev.stretcher.text.NearName;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The context of a command.
 *
 * @param options from the environment, the configuration and the command line, of which the later
 *     take precedence
 * @param policy what may be deployed
 * @param config the file of the configuration, which need not exist
 * @param parameter its argument, if it was given
 */
public record Invocation(
    Command command,
    Surroundings surroundings,
    Options options,
    Policy policy,
    Path config,
    Optional<String> parameter) {
  /**
   * Reads the configuration, and puts the command line over it.
   *
   * @throws UsageException if an argument or the configuration is wrong
   */
  public static Invocation of(Command command, Given given, Surroundings surroundings)
      throws UsageException {
    Optional<String> parameter = parameter(command, given.names());
    Map<String, String> environment = surroundings.environment();
    Options flags = given.over(Options.DEFAULT);
    Optional<String> named =
        flags.isSet(AgentSettings.CONFIG)
            ? Optional.of(flags.get(AgentSettings.CONFIG))
            : Optional.empty();
    Config config =
        command.readsConfiguration()
            ? ConfigFile.OF_THIS_HOST.read(named, environment)
            : Config.EMPTY;
    Options options = config.options();
    String strategy = environment.getOrDefault("STRETCHER_SYNC_STRATEGY", "");
    if (!strategy.isEmpty() && !options.isSet(Settings.SYNC_STRATEGY)) {
      options = options.with(Settings.SYNC_STRATEGY, strategy);
    }
    return new Invocation(
        command,
        surroundings,
        given.over(options),
        config.policy(),
        ConfigFile.OF_THIS_HOST.path(named, environment),
        parameter);
  }

  private static Optional<String> parameter(Command command, List<String> names)
      throws UsageException {
    List<String> rest = command == Commands.AGENT ? names : names.subList(1, names.size());
    int most = command.parameter().isEmpty() ? 0 : 1;
    if (rest.size() > most) {
      throw new UsageException(
          "Unexpected argument: '" + rest.get(most) + "'" + meant(command, rest));
    }
    return rest.isEmpty() ? Optional.empty() : Optional.of(rest.get(0));
  }

  /** The agent takes no argument, so that this one was meant to be a command. */
  private static String meant(Command command, List<String> names) {
    return command == Commands.AGENT
        ? NearName.of(names.get(0), Commands.NAMED.stream().map(Command::name).toList())
            .map(name -> "; did you mean " + name + "?")
            .orElse("")
        : "";
  }

  PrintStream out() {
    return surroundings.out();
  }

  /** Returns where commands complain; what they print there is masked. */
  public PrintStream err() {
    Secrets secrets = secrets();
    return secrets == Secrets.NONE
        ? surroundings.err()
        : new MaskingStream(surroundings.err(), secrets);
  }

  String requireParameter() throws UsageException {
    if (parameter.isEmpty()) {
      throw new UsageException("Missing argument: " + command.parameter());
    }
    return parameter.get();
  }

  Optional<Ledger> ledger() {
    return StateDirectory.ledger(options, surroundings.environment());
  }

  /** Returns what is masked in all that is printed. */
  public Secrets secrets() {
    return Secrets.of(options, surroundings.environment());
  }

  /** Returns what puts the words of the command line into messages of the library. */
  public FlagNames words() {
    return FlagNames.of(config);
  }

  /** Returns the log, which has the warnings about the settings. */
  private DeployListener log() {
    DeployListener log =
        options
            .get(AgentSettings.LOG_FORMAT)
            .listener(out(), surroundings.err(), surroundings.terminal(), words(), secrets());
    for (String warning : SettingWarnings.of(this)) {
      log.onEvent(new DeployEvent.Warning(warning));
    }
    return log;
  }

  /** Returns the library with this context. */
  Stretcher stretcher() {
    HttpSettings http = SourceSettings.http(options, surroundings.environment());
    boolean requesterPays = options.get(SourceSettings.S3_REQUESTER_PAYS);
    Stretcher.Builder builder =
        Stretcher.builder()
            .environment(surroundings.environment())
            .options(options)
            .policy(policy)
            .pluginLoader(PluginLoader.ofClassPath())
            .source(new HttpSource(http))
            .source(new S3Source(new S3Source.Settings(requesterPays), http))
            .source(new GcsSource(http))
            .listener(log());
    ledger().ifPresent(builder::ledger);
    surroundings.reserved().forEach(builder::reserve);
    // Also of other deploys of this host, which name no directory.
    StateDirectory.standard(surroundings.environment())
        .ifPresent(path -> builder.reserve(path, "the agent's state"));
    builder.reserve(config, "the agent's configuration");
    return builder.build();
  }
}
