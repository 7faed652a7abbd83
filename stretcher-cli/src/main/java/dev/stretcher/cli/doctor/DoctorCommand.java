package dev.stretcher.cli.doctor;

import dev.stretcher.cli.flag.CommandFlag;
import dev.stretcher.cli.flag.FleetSettings;
import dev.stretcher.cli.flag.UsageException;
import dev.stretcher.cli.invocation.Command;
import dev.stretcher.cli.invocation.Example;
import dev.stretcher.cli.invocation.Invocation;
import dev.stretcher.cli.print.OutputFormat;
import dev.stretcher.option.Kinds;
import dev.stretcher.option.Options;
import dev.stretcher.option.Setting;
import java.util.List;
import java.util.Optional;

/** Says what is wrong with this host, and what to do about it. */
public final class DoctorCommand implements Command {
  private static final Setting<OutputFormat> FORMAT =
      CommandFlag.of(
          "format",
          Kinds.oneOf(OutputFormat.values()),
          OutputFormat.TEXT,
          "What is printed: text, lines for people; json, an object.");

  @Override
  public String name() {
    return "doctor";
  }

  @Override
  public String summary() {
    return "Says what is wrong with this host.";
  }

  @Override
  public String statuses() {
    return "The exit status is 0 if nothing is a problem, 1 if something is, 2 for wrong"
        + " arguments.";
  }

  @Override
  public List<Setting<?>> flags() {
    return List.of(FORMAT, FleetSettings.STORE);
  }

  @Override
  public boolean isInquiry(Options options) {
    return true;
  }

  /** One that is wrong is what it is asked about. */
  @Override
  public boolean readsConfiguration() {
    return false;
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example(
            "Look for what is wrong, as the user who deploys.", "sudo -u deploy stretcher doctor"),
        new Example("Collect problems of a fleet by a program.", "stretcher doctor --format=json"));
  }

  @Override
  public int run(Invocation invocation) throws InterruptedException {
    Examination examination = Examination.of(Examination.ALL, host(invocation));
    if (invocation.options().get(FORMAT) == OutputFormat.JSON) {
      invocation.out().println(ExaminationText.json(examination));
    } else {
      ExaminationText.lines(examination).forEach(invocation.out()::println);
      invocation.err().println(ExaminationText.summary(examination));
    }
    return examination.isHealthy() ? 0 : 1;
  }

  private static Host host(Invocation invocation) {
    try {
      return new Host(invocation.configured(), Optional.empty());
    } catch (UsageException e) {
      return new Host(invocation, Optional.of(String.valueOf(e.getMessage())));
    }
  }
}
