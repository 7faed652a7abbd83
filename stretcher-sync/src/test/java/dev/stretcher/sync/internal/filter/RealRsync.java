package dev.stretcher.sync.internal.filter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Asks rsync which names of a tree it would copy. */
final class RealRsync {
  private static final int SYNTAX_ERROR = 1;
  private static final Pattern ESCAPE = Pattern.compile("\\\\#([0-7]{3})");

  private RealRsync() {}

  /** Returns what a dry run into nowhere names; nothing if rsync refuses a pattern. */
  static Optional<Set<String>> names(Path tree, byte[] excludeFrom, List<String> excludes)
      throws IOException, InterruptedException {
    Path file = Files.createTempFile(tree.getParent(), "exclude-from", null);
    try {
      Files.write(file, excludeFrom);
      return run(command(tree, file, excludes));
    } finally {
      Files.delete(file);
    }
  }

  private static List<String> command(Path tree, Path file, List<String> excludes) {
    List<String> command = new ArrayList<>(List.of("rsync", "-rn", "--out-format=%n"));
    command.addAll(List.of("--exclude-from", file.toString()));
    excludes.forEach(pattern -> command.addAll(List.of("--exclude", pattern)));
    command.addAll(List.of("--", tree + "/", tree + ".nowhere/"));
    return command;
  }

  private static Optional<Set<String>> run(List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    // In this locale rsync escapes all that is not ASCII.
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    process.getOutputStream().close();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    int status = process.waitFor();
    if (status != 0 && status != SYNTAX_ERROR) {
      throw new IOException("rsync fails with " + status + ": " + output);
    }
    return status == 0 ? Optional.of(parse(output)) : Optional.empty();
  }

  private static Set<String> parse(String output) {
    Set<String> names = new TreeSet<>();
    Arrays.stream(output.split("\n", -1))
        .filter(line -> !line.isEmpty() && !line.equals("./"))
        .map(RealRsync::unescape)
        .forEach(names::add);
    return names;
  }

  private static String unescape(String line) {
    return ESCAPE
        .matcher(line)
        .replaceAll(
            octal -> {
              String character = String.valueOf((char) Integer.parseInt(octal.group(1), 8));
              return character.replace("\\", "\\\\").replace("$", "\\$");
            });
  }
}
