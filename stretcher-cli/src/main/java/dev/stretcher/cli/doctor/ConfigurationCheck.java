package dev.stretcher.cli.doctor;

import dev.stretcher.cli.doctor.Finding.Note;
import dev.stretcher.cli.doctor.Finding.Ok;
import dev.stretcher.cli.doctor.Finding.Problem;
import dev.stretcher.cli.invocation.Invocation;
import dev.stretcher.policy.Policy;
import dev.stretcher.text.Printable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The configuration, by its own checks: who may change it, its keys, and what they ask for. */
final class ConfigurationCheck implements Check {
  @Override
  public String name() {
    return "configuration";
  }

  @Override
  public List<Finding> look(Host host) {
    if (host.refusal().isPresent()) {
      return List.of(
          new Problem(
              host.refusal().get(),
              "mend the file as the message says; its keys are in stretcher-config(5)"));
    }
    Path file = host.invocation().config();
    List<Finding> findings = new ArrayList<>();
    findings.add(
        new Ok(
            Files.exists(file)
                ? Printable.of(file)
                : "there is no %s: all is by default".formatted(Printable.of(file))));
    if (host.invocation().policy().equals(Policy.OPEN)) {
      findings.add(
          new Note(
              "it has no rules: whatever a manifest says is deployed, see stretcher-config(5)"));
    }
    host.invocation().warnings().forEach(warning -> findings.add(new Note(warning)));
    refusal(host.invocation()).ifPresent(findings::add);
    return findings;
  }

  /** Asks what each deploy asks before all else: strategy, runner, user of the commands. */
  private static Optional<Finding> refusal(Invocation invocation) {
    try {
      invocation.stretcher(List.of()).close();
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      String reason = invocation.words().apply(String.valueOf(e.getMessage()));
      return Optional.of(
          new Problem("no deploy begins: " + reason, "change the setting, or do what it says"));
    }
  }
}
