package dev.stretcher.cli;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The command line inside this JVM. */
class CliTest extends AgentContract {
  @Override
  Cli.Result run(List<String> args, String stdin, Map<String, String> environment) {
    return Cli.launch(
        args, new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)), environment);
  }
}
