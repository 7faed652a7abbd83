package dev.stretcher.cli;

import dev.stretcher.ledger.Ledger;
import dev.stretcher.option.Options;
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
    Options options, List<Source> sources, Optional<Ledger> ledger, LogFormat format, Path config) {

  static Setup read(Arguments arguments, Map<String, String> environment) throws UsageException {
    CommandLine line = arguments.flags();
    Config config = arguments.config();
    Options options = DeployFlags.read(line, environment).withPolicy(config.policy());
    return new Setup(
        config.runAs().map(options::withRunAs).orElse(options),
        SourceFlags.read(line, environment),
        StateDirectory.ledger(line, environment),
        LogFormat.of(line.getOptionValue(Flags.LOG_FORMAT, "text")),
        ConfigFile.OF_THIS_HOST.path(
            Optional.ofNullable(line.getOptionValue(Flags.CONFIG)), environment));
  }
}
