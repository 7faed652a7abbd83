package dev.stretcher.cli;

import dev.stretcher.ledger.Ledger;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.policy.Policy;
import dev.stretcher.spi.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;

/**
 * What the flags say of how to work.
 *
 * @param config where the configuration is, or would be
 */
record Setup(
    Options options,
    Policy policy,
    List<Source> sources,
    Optional<Ledger> ledger,
    LogFormat format,
    Path config) {

  static Setup read(Arguments arguments, Map<String, String> environment) throws UsageException {
    CommandLine line = arguments.flags();
    Config config = arguments.config();
    Options options = DeployFlags.read(line, environment);
    return new Setup(
        config.runAs().map(user -> options.with(Settings.RUN_AS, user)).orElse(options),
        config.policy(),
        SourceFlags.read(line, environment),
        StateDirectory.ledger(line, environment),
        LogFormat.of(line.getOptionValue(Flags.LOG_FORMAT, "text")),
        ConfigFile.OF_THIS_HOST.path(
            Optional.ofNullable(line.getOptionValue(Flags.CONFIG)), environment));
  }
}
