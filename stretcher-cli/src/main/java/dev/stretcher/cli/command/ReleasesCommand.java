package dev.stretcher.cli.command;

import dev.stretcher.Stretcher;
import dev.stretcher.cli.flag.UsageException;
import dev.stretcher.cli.invocation.Command;
import dev.stretcher.cli.invocation.Example;
import dev.stretcher.cli.invocation.Invocation;
import dev.stretcher.cli.invocation.Reason;
import dev.stretcher.cli.print.ListedRelease;
import dev.stretcher.cli.print.ReleaseJson;
import dev.stretcher.cli.print.ReleaseSummary;
import dev.stretcher.cli.print.ReleaseTable;
import dev.stretcher.option.Options;
import dev.stretcher.option.Setting;
import dev.stretcher.release.Release;
import dev.stretcher.text.NativeText;
import dev.stretcher.text.Printable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Prints the releases at a dest, the newest first. */
final class ReleasesCommand implements Command {
  @Override
  public String name() {
    return "releases";
  }

  @Override
  public String parameter() {
    return "DEST";
  }

  @Override
  public String summary() {
    return "Prints the releases of a directory, and who uses them.";
  }

  @Override
  public String statuses() {
    return "The exit status is 0 if there are releases, 1 if there are none, 2 for wrong"
        + " arguments.";
  }

  @Override
  public List<Setting<?>> flags() {
    return List.of(HistoryCommand.JSON);
  }

  @Override
  public boolean isInquiry(Options options) {
    return true;
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example("See the releases, and which one is live.", "stretcher releases /srv/shop"));
  }

  @Override
  public boolean onlyLooks() {
    return true;
  }

  @Override
  public int run(Invocation invocation) throws UsageException {
    Path dest = DestArgument.path(invocation.requireParameter());
    try (Stretcher stretcher = invocation.stretcher()) {
      List<Release> releases = stretcher.releases(dest);
      List<ListedRelease> newestFirst = new ArrayList<>();
      for (int i = releases.size() - 1; i >= 0; i--) {
        newestFirst.add(listed(stretcher, dest, releases.get(i), invocation));
      }
      print(newestFirst, invocation);
      invocation.err().println(ReleaseSummary.of(dest, releases));
      return 0;
    } catch (IOException e) {
      invocation.err().println("stretcher: " + Printable.line(failure(dest, e)));
      return 1;
    }
  }

  private static String failure(Path dest, IOException e) {
    return e instanceof FileSystemException
        ? "the releases of %s cannot be read: %s".formatted(NativeText.text(dest), Reason.of(e))
        : String.valueOf(e.getMessage());
  }

  /** A release may go while it is looked at, as no lock is held. */
  private static ListedRelease listed(
      Stretcher stretcher, Path dest, Release release, Invocation invocation) {
    try {
      return new ListedRelease(release, Optional.of(stretcher.use(dest, release)));
    } catch (IOException e) {
      invocation
          .err()
          .println(
              "Warning: it is not known who uses %s: %s"
                  .formatted(Printable.of(release.directory()), Printable.line(Reason.of(e))));
      return new ListedRelease(release, Optional.empty());
    }
  }

  private static void print(List<ListedRelease> releases, Invocation invocation) {
    if (invocation.options().get(HistoryCommand.JSON)) {
      releases.forEach(each -> invocation.out().println(ReleaseJson.of(each)));
    } else {
      new ReleaseTable(releases).lines().forEach(invocation.out()::println);
    }
  }
}
