package dev.stretcher.sync.internal.plan;

import dev.stretcher.sync.internal.directory.FileState;
import dev.stretcher.sync.internal.directory.Relative;
import dev.stretcher.sync.internal.plan.Operation.Adjust;
import dev.stretcher.sync.internal.plan.Operation.Put;
import dev.stretcher.sync.internal.plan.Operation.Remove;
import dev.stretcher.text.NativeText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Writes plans for people, an entry for each operation. Names are as they are: a log shows control
 * characters escaped.
 */
public final class PlanText {
  private static final int SOME = 5;
  private static final String LINK = " -> ";

  private PlanText() {}

  /** Returns the operations, such as {@code replace bin/run} and {@code chmod 0755 log/}. */
  public static List<String> operations(TreePlan plan) {
    List<String> lines = new ArrayList<>();
    puts(
        plan,
        put -> lines.add(operation(put)),
        (kind, name) -> lines.add((kind == CarriedNames.LINK ? "link " : "create ") + name));
    plan.removes().forEach(remove -> lines.add("delete " + name(remove)));
    plan.adjusts().forEach(adjust -> lines.addAll(operations(adjust)));
    return lines;
  }

  private static String operation(Put put) {
    if (put.linkTarget().isPresent()) {
      return "link " + name(put);
    }
    return (put.dest().isPresent() ? "replace " : "create ") + name(put);
  }

  private static List<String> operations(Adjust adjust) {
    List<String> lines = new ArrayList<>();
    FileState staged = adjust.staged();
    FileState dest = adjust.dest();
    if (staged.uid() != dest.uid() || staged.gid() != dest.gid()) {
      lines.add("chown %s:%s %s".formatted(staged.uid(), staged.gid(), name(adjust)));
    }
    if (staged.mode() != dest.mode()) {
      lines.add("chmod %04o %s".formatted(staged.mode(), name(adjust)));
    }
    if (!staged.modified().equals(dest.modified())) {
      lines.add("utimes %s %s".formatted(staged.modified(), name(adjust)));
    }
    return lines;
  }

  /** Says the names that are put, as {@code rsync -v} does. */
  public static void puts(TreePlan plan, Consumer<String> lines) {
    puts(plan, put -> lines.accept(name(put)), (kind, name) -> lines.accept(name));
  }

  /**
   * Goes through the names that are put and those that they carry, a directory before its content.
   */
  private static void puts(TreePlan plan, Consumer<Put> puts, CarriedNames.Taker names) {
    Iterator<Put> own = plan.puts().iterator();
    Put next = own.hasNext() ? own.next() : null;
    for (CarriedNames carried : plan.carried()) {
      Path directory = carried.path();
      while (next != null && next.path().compareTo(directory) <= 0) {
        puts.accept(next);
        next = own.hasNext() ? own.next() : null;
      }
      String prefix = Relative.isRoot(directory) ? "" : NativeText.text(directory) + "/";
      carried.forEach((kind, name) -> names.take(kind, prefix + name));
    }
    while (next != null) {
      puts.accept(next);
      next = own.hasNext() ? own.next() : null;
    }
  }

  /** Returns the names that are removed, as {@code rsync -v} says them. */
  public static Stream<String> removes(TreePlan plan) {
    return plan.removes().stream().map(remove -> "deleting " + name(remove));
  }

  /** Returns a few of the names that are removed, directories before their content. */
  public static List<String> someRemoves(TreePlan plan) {
    return plan.removes().stream()
        .sorted(Operation.BY_PATH)
        .limit(SOME)
        .map(PlanText::name)
        .toList();
  }

  /** Returns the names whose attributes change, as {@code rsync -v} says them. */
  public static Stream<String> adjusts(TreePlan plan) {
    return plan.adjusts().stream().map(PlanText::name);
  }

  private static String name(Operation operation) {
    if (operation instanceof Put put) {
      return name(put.path(), put.staged(), put.linkTarget());
    }
    return operation instanceof Remove remove
        ? name(remove.path(), remove.dest())
        : name(operation.path(), ((Adjust) operation).staged());
  }

  /** Returns the line for a name that is put. */
  static String name(Path path, FileState state, Optional<Path> linkTarget) {
    return name(path, state) + linkTarget.map(target -> LINK + NativeText.text(target)).orElse("");
  }

  private static String name(Path path, FileState state) {
    if (Relative.isRoot(path)) {
      return "./";
    }
    return NativeText.text(path) + (state.isDirectory() ? "/" : "");
  }
}
