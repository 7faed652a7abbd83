package dev.stretcher.sync.internal.release;

import dev.stretcher.file.ReservedNames;
import dev.stretcher.process.Interrupts;
import dev.stretcher.release.ReleaseComparison;
import dev.stretcher.report.Difference;
import dev.stretcher.sync.internal.directory.FileState;
import dev.stretcher.sync.internal.directory.Kind;
import dev.stretcher.sync.internal.directory.Relative;
import dev.stretcher.text.NativeText;
import dev.stretcher.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** All that is different in a release from the list of its files. Used once. */
final class ListedDifferences {
  private static final int OCTAL_DIGITS = 4;

  private final Path tree;
  private final Set<Path> listed = new HashSet<>();
  private final List<Difference> differences = new ArrayList<>();

  private ListedDifferences(Path tree) {
    this.tree = tree;
  }

  static ReleaseComparison of(Path tree, InputStream list)
      throws IOException, InterruptedException {
    ListedDifferences found = new ListedDifferences(tree);
    FileList.compare(tree, list, found::look);
    found.findExtra();
    found.differences.sort(Comparator.comparing(Difference::path));
    return new ReleaseComparison(found.listed.size(), found.differences);
  }

  private boolean look(Path path, String expected, Optional<String> there) {
    listed.add(path);
    if (there.isEmpty()) {
      differences.add(new Difference(path, Difference.Kind.MISSING, ""));
    } else if (!there.get().equals(expected)) {
      differences.add(new Difference(path, Difference.Kind.CHANGED, detail(there.get(), expected)));
    }
    return true;
  }

  private static String detail(String there, String expected) {
    FileList.Line now = FileList.Line.of(there);
    FileList.Line then = FileList.Line.of(expected);
    if (!now.type().equals(then.type())) {
      return "it is %s, expected %s".formatted(kind(now.type()), kind(then.type()));
    }
    List<String> all = new ArrayList<>();
    add(all, "%s bytes, expected %s", now.size(), then.size());
    add(all, "modified %s, expected %s", time(now.time()), time(then.time()));
    add(all, "leads to '%s', expected '%s'", now.target(), then.target());
    add(all, "mode %s, expected %s", octal(now.mode()), octal(then.mode()));
    add(all, "owner %s, expected %s", now.owner(), then.owner());
    return String.join("; ", all);
  }

  private static void add(List<String> all, String text, String now, String then) {
    if (!now.equals(then)) {
      all.add(text.formatted(Printable.of(now), Printable.of(then)));
    }
  }

  private static String kind(String type) {
    return switch (type) {
      case "SYMLINK" -> "a symbolic link";
      case "FIFO" -> "a named pipe";
      default -> "a " + type.toLowerCase(Locale.ROOT).replace('_', ' ');
    };
  }

  private static String octal(String mode) {
    return "0".repeat(Math.max(0, OCTAL_DIGITS - mode.length())) + mode;
  }

  /** As the list has it if it is none. */
  private static String time(String time) {
    int dot = time.indexOf('.');
    try {
      return dot < 0
          ? time
          : Instant.ofEpochSecond(
                  Long.parseLong(time, 0, dot, 10),
                  Long.parseLong(time, dot + 1, time.length(), 10))
              .toString();
    } catch (NumberFormatException e) {
      return time;
    }
  }

  /** Of a directory that was not made with the release, what is in it is not listed. */
  private void findExtra() throws IOException, InterruptedException {
    Deque<Path> directories = new ArrayDeque<>(List.of(Relative.ROOT));
    while (!directories.isEmpty()) {
      Interrupts.requireNone();
      Path directory = directories.pop();
      try (DirectoryStream<Path> names = Files.newDirectoryStream(tree.resolve(directory))) {
        for (Path name : names) {
          lookForExtra(
              Relative.child(directory, Objects.requireNonNull(name.getFileName())), directories);
        }
      } catch (DirectoryIteratorException e) {
        throw e.getCause();
      }
    }
  }

  private void lookForExtra(Path path, Deque<Path> directories) throws IOException {
    Optional<FileState> there = FileState.readIfThere(tree.resolve(path));
    Path last = Objects.requireNonNull(path.getFileName());
    String name = new String(NativeText.bytes(last), StandardCharsets.ISO_8859_1);
    if (there.isEmpty() || ReservedNames.isReserved(name)) {
      return;
    }
    if (!listed.contains(path)) {
      String kind = kind(there.get().kind().name());
      differences.add(new Difference(path, Difference.Kind.EXTRA, kind));
    } else if (there.get().kind() == Kind.DIRECTORY) {
      directories.push(path);
    }
  }
}
