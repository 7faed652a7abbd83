package dev.stretcher.cli.command;

import dev.stretcher.Stretcher;
import dev.stretcher.cli.flag.CommandFlag;
import dev.stretcher.cli.flag.UsageException;
import dev.stretcher.cli.invocation.Command;
import dev.stretcher.cli.invocation.Example;
import dev.stretcher.cli.invocation.Invocation;
import dev.stretcher.cli.print.OutputFormat;
import dev.stretcher.cli.print.VerifyJson;
import dev.stretcher.option.Options;
import dev.stretcher.option.Setting;
import dev.stretcher.report.Difference;
import dev.stretcher.report.VerifyReport;
import dev.stretcher.text.NativeText;
import dev.stretcher.text.Printable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Compares a dest with what was deployed there. */
final class VerifyCommand implements Command {
  private static final int DIFFERENT = 1;

  /** It is not known whether dest is different, as for diff(1). */
  private static final int UNKNOWN = 2;

  private static final Setting<Boolean> FULL =
      CommandFlag.onOff(
          "full", "Read all contents; without it, only sizes, times and the like are compared.");

  @Override
  public String name() {
    return "verify";
  }

  @Override
  public String parameter() {
    return "DEST";
  }

  @Override
  public String summary() {
    return "Compares a directory with what was deployed there.";
  }

  @Override
  public String statuses() {
    return "The exit status is 0 if nothing differs, 1 if something does, 2 if that is not known,"
        + " or for wrong arguments.";
  }

  @Override
  public List<Setting<?>> flags() {
    return List.of(FULL, PackCommand.FORMAT);
  }

  @Override
  public boolean isInquiry(Options options) {
    return true;
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example(
            "Find what somebody has changed by hand, contents included.",
            "stretcher verify --full /srv/shop"));
  }

  @Override
  public boolean onlyLooks() {
    return true;
  }

  @Override
  public int run(Invocation invocation) throws UsageException, InterruptedException {
    Path dest = NativeText.path(invocation.requireParameter());
    try (Stretcher stretcher = invocation.stretcher()) {
      Optional<VerifyReport> report = stretcher.verify(dest, invocation.options().get(FULL));
      if (report.isEmpty()) {
        return unknown(
            invocation,
            dest,
            invocation.ledger().isEmpty()
                ? "no state is kept; name its directory by --state-dir"
                : "deploy it by a manifest with toc, as stretcher pack prints it, with the same"
                    + " --state-dir and as the same user; a deploy that is running or that"
                    + " failed, and one to a directory in it or around it, make it unknown");
      }
      print(report.get(), invocation);
      return report.get().ok() ? 0 : DIFFERENT;
    } catch (IOException e) {
      return unknown(invocation, dest, reason(e));
    }
  }

  private static int unknown(Invocation invocation, Path dest, String why) {
    invocation
        .err()
        .println(
            "stretcher: it is not known what was deployed to %s: %s"
                .formatted(Printable.of(dest), Printable.line(why)));
    return UNKNOWN;
  }

  private static String reason(IOException e) {
    return e instanceof FileSystemException f && f.getFile() != null
        ? f.getFile() + ": " + (f.getReason() == null ? "permission denied" : f.getReason())
        : String.valueOf(e.getMessage());
  }

  private static void print(VerifyReport report, Invocation invocation) {
    if (invocation.options().get(PackCommand.FORMAT) == OutputFormat.JSON) {
      invocation.out().println(VerifyJson.of(report));
      return;
    }
    for (Difference each : report.differences()) {
      invocation.out().println(line(each));
    }
    invocation.err().println(summary(report));
  }

  private static String line(Difference each) {
    String kind = each.kind().name().toLowerCase(Locale.ROOT);
    String name = each.path().toString().isEmpty() ? "." : Printable.of(each.path());
    return each.detail().isEmpty()
        ? kind + " " + name
        : "%s %s (%s)".formatted(kind, name, Printable.line(each.detail()));
  }

  private static String summary(VerifyReport report) {
    String unread =
        report.toc().isPresent()
            ? "by sizes and times; --full reads contents"
            : "by sizes and times, as it was deployed without toc";
    String how = report.full() ? "contents included" : unread;
    String found =
        report.ok()
            ? "is as it was deployed"
            : "differs in %s names".formatted(report.differences().size());
    return "%s %s; compared %s names, %s"
        .formatted(Printable.of(report.dest()), found, report.names(), how);
  }
}
