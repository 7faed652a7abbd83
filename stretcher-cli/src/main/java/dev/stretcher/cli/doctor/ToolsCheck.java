package dev.stretcher.cli.doctor;

import dev.stretcher.cli.doctor.Finding.Note;
import dev.stretcher.cli.doctor.Finding.Ok;
import dev.stretcher.cli.doctor.Finding.Problem;
import dev.stretcher.option.Settings;
import dev.stretcher.process.SearchPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Programs on PATH, and what each is for. */
final class ToolsCheck implements Check {
  private static final List<Tool> ALL =
      List.of(
          new Tool("sh", "commands of manifests run by it", "dash", host -> true),
          new Tool(
              "rsync",
              "for sync_strategy: rsync",
              "rsync",
              host -> host.options().get(Settings.SYNC_STRATEGY).equals("rsync")),
          new Tool(
              "setsid", "keeps signals of a terminal from commands", "util-linux", host -> false),
          new Tool("setpriv", "for run_as", "util-linux", Tool::runsAsAnother),
          new Tool("getent", "for run_as", "libc-bin", Tool::runsAsAnother),
          new Tool("sync", "brings many files to disk at once", "coreutils", host -> false),
          new Tool(
              "igzip", "inflates large gzip archives faster", "isal", Tool.decompresses("igzip")),
          new Tool(
              "xz", "decompresses large xz archives faster", "xz-utils", Tool.decompresses("xz")),
          new Tool(
              "zstd",
              "decompresses zstd where TMPDIR is mounted noexec",
              "zstd",
              Tool.decompresses("zstd")),
          new Tool(
              "minisign",
              "makes keys to sign with; hosts check signatures without it",
              "minisign",
              host -> false),
          new Tool(
              "systemd-notify",
              "tells systemd how stretcher agent is",
              "systemd",
              host -> host.variable("NOTIFY_SOCKET").isPresent()));

  /**
   * A program.
   *
   * @param use what it is for
   * @param origin the package of Debian that has it
   * @param needed tells whether a host cannot do without it
   */
  private record Tool(String program, String use, String origin, Predicate<Host> needed) {
    static boolean runsAsAnother(Host host) {
      return !host.options().get(Settings.RUN_AS).isEmpty();
    }

    static Predicate<Host> decompresses(String program) {
      return host -> host.options().get(Settings.DECOMPRESSOR).equals(program);
    }

    Finding in(SearchPath path, Host host) {
      Optional<String> file = path.find(program);
      if (file.isPresent()) {
        return new Ok("%s: %s".formatted(file.get(), use));
      }
      String missing = "%s is not on PATH; %s".formatted(program, use);
      return needed.test(host)
          ? new Problem(missing, "install it (Debian: %s), or correct PATH".formatted(origin))
          : new Note("%s (Debian: %s)".formatted(missing, origin));
    }
  }

  @Override
  public String name() {
    return "tools";
  }

  @Override
  public List<Finding> look(Host host) {
    SearchPath path = SearchPath.of(host.environment());
    List<Finding> findings = new ArrayList<>();
    for (Tool tool : ALL) {
      findings.add(tool.in(path, host));
    }
    return findings;
  }
}
