package dev.stretcher.cli.command;

import dev.stretcher.Stretcher;
import dev.stretcher.cli.flag.UsageException;
import dev.stretcher.cli.invocation.Command;
import dev.stretcher.cli.invocation.Example;
import dev.stretcher.cli.invocation.Invocation;
import dev.stretcher.option.Kinds;
import dev.stretcher.option.Options;
import dev.stretcher.option.Setting;
import dev.stretcher.option.Topic;
import dev.stretcher.release.Accept;
import dev.stretcher.report.StretcherException;
import java.nio.file.Path;
import java.util.List;

/** Makes an earlier release live again. */
final class RollbackCommand implements Command {
  private static final Setting<String> TO =
      Setting.of(
          "to",
          Kinds.name("ID", "the good release before the live one"),
          "",
          Topic.DEST,
          "The release to go back to, as stretcher releases prints it.");

  private static final Setting<Boolean> FORCE =
      Setting.of(
          "force",
          Kinds.SWITCH,
          false,
          Topic.DEST,
          "With --to, take a release that never was good, or that was changed.");

  @Override
  public String name() {
    return "rollback";
  }

  @Override
  public String parameter() {
    return "DEST";
  }

  @Override
  public String summary() {
    return "Makes the good release before the live one live again.";
  }

  @Override
  public List<Setting<?>> flags() {
    return List.of(TO, FORCE);
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example(
            "Go back to the good release before the live one.", "stretcher rollback /srv/shop"),
        new Example(
            "Go back to one that stretcher releases prints.",
            "stretcher rollback --to 1.4.1 /srv/shop"));
  }

  @Override
  public int run(Invocation invocation)
      throws UsageException, StretcherException, InterruptedException {
    Path dest = DestArgument.path(invocation.requireParameter());
    Options options = invocation.options();
    String id = options.get(TO);
    if (options.isSet(TO) && id.isEmpty()) {
      // Such as of a variable of a script that has no value.
      throw new UsageException("--to is empty; expected the ID of a release");
    }
    boolean force = options.get(FORCE);
    if (force && id.isEmpty()) {
      throw new UsageException("--force needs --to ID, which names the release");
    }
    try (Stretcher stretcher = invocation.stretcher()) {
      if (id.isEmpty()) {
        stretcher.rollback(dest);
      } else {
        stretcher.rollback(dest, id, force ? Accept.ANY : Accept.GOOD);
      }
      return 0;
    }
  }
}
