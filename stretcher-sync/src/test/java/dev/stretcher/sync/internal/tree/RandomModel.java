package dev.stretcher.sync.internal.tree;

import dev.stretcher.sync.internal.directory.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Makes random trees of all that rsync -a preserves, and trees that differ a bit from them. */
final class RandomModel {
  private static final String[] NAMES = {
    "a",
    "b",
    "c.log",
    "d.tmp",
    "log",
    "cache",
    "x y",
    "new\nline",
    "-dash",
    "[x]",
    "st*r",
    "back\\slash",
    utf8("\u00e4\u00f6"),
    utf8("\u65e5\u672c"),
    "bad\u00ff",
    "l".repeat(255),
    ".hidden",
    "#c"
  };
  private static final int[] MODES = {
    0644, 0600, 0755, 0700, 0444, 0500, 0000, 0640, 04755, 02755, 06711, 01777, 07777, 02770
  };
  private static final Instant[] TIMES = {
    Instant.parse("2014-11-17T11:22:33Z"),
    Instant.parse("2014-11-17T11:22:33.123456789Z"),
    Instant.parse("2014-11-17T11:22:34Z"),
    Instant.parse("1999-12-31T23:59:59.999999999Z"),
    Instant.parse("1969-12-31T23:59:58.500000000Z"),
    Instant.parse("2038-02-01T00:00:00.000000001Z"),
  };
  private static final String[] TARGETS = {
    "a", "nowhere", "/absolute/target", "../up", ".", "log", "/", "t".repeat(200), "bad\u00ff"
  };
  private static final int[] IDS = {0, 0, 0, 1, 65534, 3_000_000};

  private final Random random;
  private final boolean privileged;
  private final boolean pipes;

  /**
   * Creates a source of trees.
   *
   * @param pipes whether they have named pipes
   */
  RandomModel(Random random, boolean privileged, boolean pipes) {
    this.pipes = pipes;
    this.random = random;
    this.privileged = privileged;
  }

  private static String utf8(String name) {
    return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** Makes a directory with about {@code size} files below it. */
  Model tree(int size) {
    Model root = directory();
    int left = size;
    int depth = random.nextInt(20) == 0 ? 40 : 4;
    while (left > 0) {
      left -= Math.max(1, grow(root.children(), left, depth));
    }
    return root;
  }

  private int grow(Map<String, Model> children, int size, int depth) {
    int made = 0;
    int count = 1 + random.nextInt(6);
    for (int i = 0; i < count && made < size; i++) {
      Model child = depth > 0 && random.nextInt(3) == 0 ? directory() : leaf();
      boolean isNew = children.putIfAbsent(name(size), child) == null;
      made++;
      if (isNew && child.kind() == Kind.DIRECTORY && random.nextInt(5) > 0) {
        made += grow(child.children(), size - made, depth - 1);
      }
    }
    return made;
  }

  private String name(int size) {
    String name = NAMES[random.nextInt(NAMES.length)];
    return size > 200 && name.length() < 200 ? name + random.nextInt(size) : name;
  }

  private Model directory() {
    return owned(new Model(Kind.DIRECTORY, directoryMode(), time(), 0, 0, "", new TreeMap<>()));
  }

  private Model leaf() {
    int kind = random.nextInt(40);
    if (kind < 8) {
      String target = TARGETS[random.nextInt(TARGETS.length)];
      return owned(new Model(Kind.SYMLINK, 0777, time(), 0, 0, target, Map.of()));
    }
    if (kind == 8 && pipes) {
      return owned(new Model(Kind.FIFO, fileMode(), time(), 0, 0, "", Map.of()));
    }
    return owned(new Model(Kind.FILE, fileMode(), time(), 0, 0, content(), Map.of()));
  }

  private Model owned(Model model) {
    return privileged
        ? model.withOwner(IDS[random.nextInt(IDS.length)], IDS[random.nextInt(IDS.length)])
        : model;
  }

  private String content() {
    int length = random.nextInt(4) == 0 ? 0 : random.nextInt(12);
    return "0123456789abc".substring(0, length);
  }

  private int fileMode() {
    // rsync has to read what it copies.
    return mode() | (privileged ? 0 : 0400);
  }

  private int directoryMode() {
    return mode() | (privileged ? 0 : 0500);
  }

  private int mode() {
    return random.nextInt(3) > 0 ? 0755 : MODES[random.nextInt(MODES.length)];
  }

  private Instant time() {
    return random.nextInt(3) > 0 ? TIMES[0] : TIMES[random.nextInt(TIMES.length)];
  }

  /** Returns a tree that differs from {@code root} in a few files, or in most. */
  Model variant(Model root) {
    return variant(root, 2 + random.nextInt(30));
  }

  private Model variant(Model model, int rarity) {
    Model changed = random.nextInt(rarity) == 0 ? change(model) : model;
    if (changed.kind() != Kind.DIRECTORY) {
      return changed;
    }
    Map<String, Model> children = new TreeMap<>();
    changed
        .children()
        .forEach(
            (name, child) -> {
              if (random.nextInt(rarity) > 0) {
                children.put(name, variant(child, rarity));
              } else if (random.nextBoolean()) {
                children.put(name, random.nextBoolean() ? leaf() : tree(1 + random.nextInt(6)));
              }
            });
    if (random.nextInt(rarity) == 0) {
      children.putIfAbsent(name(0), random.nextBoolean() ? leaf() : tree(1 + random.nextInt(6)));
    }
    return changed.withChildren(children);
  }

  private Model change(Model model) {
    boolean directory = model.kind() == Kind.DIRECTORY;
    return switch (random.nextInt(4)) {
      case 0 -> model.withMode(directory ? directoryMode() : fileMode());
      case 1 -> model.withModified(time());
      case 2 -> owned(model);
      default -> model.kind() == Kind.FILE ? model.withContent(content()) : model;
    };
  }
}
