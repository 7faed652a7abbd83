package dev.stretcher.cli.invocation;

import dev.stretcher.Stretcher;
import dev.stretcher.cli.config.Config;
import dev.stretcher.cli.config.ConfigFile;
import dev.stretcher.cli.config.UnreadableConfigException;
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
import dev.stretcher.spi.Source;
import dev.stretcher.text.Printable;
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
 * @param given the command line
 * @param policy what may be deployed
 * @param config the file of the configuration, which need not exist
 * @param parameter its argument, if it was given
 */
public record Invocation(
    Command command,
    Surroundings surroundings,
    Given given,
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
    return of(command, given, surroundings, command.readsConfiguration());
  }

  private static Invocation of(
      Command command, Given given, Surroundings surroundings, boolean readsConfiguration)
      throws UsageException {
    Optional<String> parameter = parameter(command, given.names());
    Map<String, String> environment = surroundings.environment();
    Options flags = given.over(Options.DEFAULT);
    Optional<String> named =
        flags.isSet(AgentSettings.CONFIG)
            ? Optional.of(flags.get(AgentSettings.CONFIG))
            : Optional.empty();
    Config config = readsConfiguration ? config(command, named, surroundings) : Config.EMPTY;
    Options options = config.options();
    String strategy = environment.getOrDefault("STRETCHER_SYNC_STRATEGY", "");
    if (!strategy.isEmpty() && !options.isSet(Settings.SYNC_STRATEGY)) {
      options = options.with(Settings.SYNC_STRATEGY, strategy);
    }
    return new Invocation(
        command,
        surroundings,
        given,
        given.over(options),
        config.policy(),
        ConfigFile.OF_THIS_HOST.path(named, environment),
        parameter);
  }

  private static Config config(Command command, Optional<String> named, Surroundings surroundings)
      throws UsageException {
    try {
      return ConfigFile.OF_THIS_HOST.read(named, surroundings.environment());
    } catch (UnreadableConfigException e) {
      if (!command.onlyLooks()) {
        throw e;
      }
      surroundings
          .err()
          .println(
              "Warning: %s; until then nothing that is said there counts for stretcher %s"
                  .formatted(Printable.line(String.valueOf(e.getMessage())), command.name()));
      return Config.EMPTY;
    }
  }

  private static Optional<String> parameter(Command command, List<String> names)
      throws UsageException {
    List<String> rest = command.name().isEmpty() ? names : names.subList(1, names.size());
    int most = command.parameter().isEmpty() ? 0 : 1;
    if (rest.size() > most) {
      throw new UsageException(
          "Unexpected argument: '" + rest.get(most) + "'" + command.unexpected(rest.get(most)));
    }
    return rest.isEmpty() ? Optional.empty() : Optional.of(rest.get(0));
  }

  /** Returns where commands print what was asked for. */
  public PrintStream out() {
    return surroundings.out();
  }

  /** Returns where commands complain; what they print there is masked. */
  public PrintStream err() {
    Secrets secrets = secrets();
    return secrets == Secrets.NONE
        ? surroundings.err()
        : new MaskingStream(surroundings.err(), secrets);
  }

  /**
   * Returns the argument.
   *
   * @throws UsageException if it was not given
   */
  public String requireParameter() throws UsageException {
    if (parameter.isEmpty()) {
      throw new UsageException("Missing argument: " + command.parameter());
    }
    return parameter.get();
  }

  /** Returns the ledger; empty if none is kept. */
  public Optional<Ledger> ledger() {
    return StateDirectory.ledger(options, surroundings.environment());
  }

  /** Returns where the ledger would be if no setting says where; empty if the user has no home. */
  public Optional<Path> standardState() {
    return StateDirectory.standard(surroundings.environment());
  }

  /** Returns what is masked in all that is printed. */
  public Secrets secrets() {
    return Secrets.of(options, surroundings.environment());
  }

  /** Returns what puts the words of the command line into messages of the library. */
  public FlagNames words() {
    return FlagNames.of(config);
  }

  /**
   * Returns the same with the configuration as it is now.
   *
   * @throws UsageException if it is wrong
   */
  public Invocation again() throws UsageException {
    return of(command, given, surroundings);
  }

  /**
   * Returns the same with the configuration, also if the command does without it.
   *
   * @throws UsageException if it is wrong
   */
  public Invocation configured() throws UsageException {
    return of(command, given, surroundings, true);
  }

  /** Returns the same without a variable, which is for this process and not for commands. */
  public Invocation without(String variable) {
    return new Invocation(
        command, surroundings.without(variable), given, options, policy, config, parameter);
  }

  /** Returns the same with other options. */
  public Invocation with(Options others) {
    return new Invocation(command, surroundings, given, others, policy, config, parameter);
  }

  /**
   * Returns the same with one more place that no deploy may take as dest.
   *
   * @param what its name in messages
   */
  public Invocation reserving(Path path, String what) {
    return new Invocation(
        command, surroundings.reserving(path, what), given, options, policy, config, parameter);
  }

  /** Returns what is to be said of settings that may not do what the operator wants. */
  public List<String> warnings() {
    return SettingWarnings.of(this);
  }

  /** Returns the log, which has the warnings about the settings. */
  public DeployListener log() {
    DeployListener log = log("", surroundings.terminal());
    for (String warning : warnings()) {
      log.onEvent(new DeployEvent.Warning(warning));
    }
    return log;
  }

  /**
   * Returns a log without the progress of a terminal.
   *
   * @param app the app that stands in front of each line; empty if none need be named
   */
  public DeployListener logOf(String app) {
    return log(app, false);
  }

  private DeployListener log(String app, boolean terminal) {
    return options
        .get(AgentSettings.LOG_FORMAT)
        .listener(out(), surroundings.err(), terminal, words(), secrets(), app);
  }

  /** Returns the sources that the options configure; whoever opens one closes it. */
  public List<Source> sources() {
    HttpSettings http = SourceSettings.http(options, surroundings.environment());
    boolean requesterPays = options.get(SourceSettings.S3_REQUESTER_PAYS);
    return List.of(
        new HttpSource(http),
        new S3Source(new S3Source.Settings(requesterPays), http),
        new GcsSource(http));
  }

  /** Returns the library with this context, and its log. */
  public Stretcher stretcher() {
    return stretcher(List.of(log()));
  }

  /** Returns the library with this context. */
  public Stretcher stretcher(List<DeployListener> listeners) {
    Stretcher.Builder builder =
        Stretcher.builder()
            .environment(surroundings.environment())
            .options(options)
            .policy(policy)
            .pluginLoader(PluginLoader.ofClassPath());
    sources().forEach(builder::source);
    for (DeployListener each : listeners) {
      builder.listener(each);
    }
    ledger().ifPresent(builder::ledger);
    surroundings.reserved().forEach(builder::reserve);
    // Also of other deploys of this host, which name no directory.
    StateDirectory.standard(surroundings.environment())
        .ifPresent(path -> builder.reserve(path, "the agent's state"));
    builder.reserve(config, "the agent's configuration");
    return builder.build();
  }
}
