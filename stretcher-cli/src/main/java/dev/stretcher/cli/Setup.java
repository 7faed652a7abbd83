package dev.stretcher.cli;

import dev.stretcher.Options;
import dev.stretcher.spi.Source;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.CommandLine;

/** What the flags say of how to work. */
record Setup(Options options, List<Source> sources, LogFormat format) {

  static Setup read(CommandLine line, Map<String, String> environment) throws UsageException {
    return new Setup(
        DeployFlags.read(line, environment),
        SourceFlags.read(line, environment),
        LogFormat.of(line.getOptionValue(Flags.LOG_FORMAT, "text")));
  }
}
