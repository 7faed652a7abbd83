package dev.stretcher.sync.internal.tree;

import dev.stretcher.manifest.Comparison;
import dev.stretcher.manifest.SyncRules;
import dev.stretcher.pack.PackException;
import dev.stretcher.spi.OmittedFiles;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncTarget;
import dev.stretcher.spi.SyncTarget.KnownContents;
import dev.stretcher.sync.TreeSyncer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;

/** One random tree, one random dest and random excludes, synced by both. */
public final class DifferentialCase {
  private static final String NOT_EMPTY = "cannot delete non-empty directory: ";

  private static final String[] PATTERNS = {
    "a",
    "/b",
    "log/",
    "*.log",
    "*.tmp",
    "/cache/**",
    "cache/***",
    "**/x y",
    "a/b",
    "/a/*/b",
    "[ab]",
    "+ *.log",
    "- *",
    "!",
    "l*",
    "?",
    "+ */",
    "*\\**",
    "[[]x]",
    "-dash",
    "#c",
    "[[:alpha:]]",
    "/log/a*",
    "bad*",
    "new*",
    "+ /a/***",
    "- .hidden",
    "a/",
    "b/"
  };

  private final long seed;
  private final Path directory;
  private final Path stagedByUs;
  private final boolean privileged;
  private KnownContents known = KnownContents.NONE;

  /** Creates a case that works in {@code directory}, which is empty. */
  public DifferentialCase(long seed, Path directory, boolean privileged) {
    this(seed, directory, directory.resolve("ours/staged"), privileged);
  }

  /** Creates a case in which our tree is staged elsewhere. */
  public DifferentialCase(long seed, Path directory, Path stagedByUs, boolean privileged) {
    this.seed = seed;
    this.directory = directory;
    this.stagedByUs = stagedByUs;
    this.privileged = privileged;
  }

  /** Returns the differences, a line each. */
  public List<String> run() throws IOException, InterruptedException {
    Random random = new Random(seed);
    RandomModel models = new RandomModel(random, privileged, stagedByUs.startsWith(directory));
    int size = random.nextInt(300) == 0 ? 2000 : 3 + random.nextInt(25);
    Model staged = models.tree(size);
    Optional<Model> dest =
        random.nextInt(12) == 0
            ? Optional.empty()
            : Optional.of(random.nextInt(8) == 0 ? models.tree(size) : models.variant(staged));
    SyncRules rules = rules(random);
    ModelWriter writer = new ModelWriter(privileged);
    for (String side : List.of("ours", "theirs")) {
      Path root = Files.createDirectories(directory.resolve(side));
      if (dest.isPresent()) {
        writer.write(dest.get(), root.resolve("dest"));
      }
    }
    Path theirs = directory.resolve("theirs/staged");
    writer.write(staged, theirs);
    // What is left out has to be what the comparison does not look into.
    if (rules.comparison() == Comparison.QUICK && random.nextBoolean()) {
      LeftOut leftOut = stageInPart(staged, rules, false);
      return compare(rules, false, new StagedTree(stagedByUs, leftOut));
    }
    writer.write(staged, stagedByUs);
    HardLinks.add(new Random(seed), theirs);
    HardLinks.add(new Random(seed), stagedByUs);
    return compare(rules, false, new StagedTree(stagedByUs));
  }

  /**
   * Returns the differences of a sync of an archive that says its digests, to a dest that was
   * deployed from one, to what rsync makes by comparing contents.
   */
  public List<String> runByDigests() throws IOException, InterruptedException {
    Random random = new Random(seed);
    RandomModel models = new RandomModel(random, privileged, true);
    Model staged = models.tree(3 + random.nextInt(25));
    Optional<Model> dest =
        random.nextInt(12) == 0 ? Optional.empty() : Optional.of(models.variant(staged));
    SyncRules rules = rules(random);
    ModelWriter writer = new ModelWriter(privileged);
    Path ours = directory.resolve("ours/dest");
    for (Path side : List.of(ours, directory.resolve("theirs/dest"))) {
      Files.createDirectories(side.getParent());
      if (dest.isPresent()) {
        writer.write(dest.get(), side);
        new OtherDest(new Random(seed), side).change();
      }
    }
    known = KnownFiles.of(ours);
    writer.write(staged, directory.resolve("theirs/staged"));
    if (random.nextInt(4) == 0) {
      // Nobody has deployed to it so far: only a comparison of contents finds all of the changes.
      known = KnownContents.NONE;
      rules = rules.withComparison(Comparison.CHECKSUM);
    }
    // Only root gets all owners and modes out of an archive.
    OmittedFiles leftOut =
        privileged && random.nextBoolean() ? stagePacked(rules) : stageInPart(staged, rules, true);
    return compare(rules, true, new StagedTree(stagedByUs, leftOut));
  }

  /** As the engine does it by a table of contents. */
  private OmittedFiles stagePacked(SyncRules rules) throws IOException, InterruptedException {
    try {
      return PackedTree.stage(
          directory.resolve("theirs/staged"),
          stagedByUs,
          new TreeSyncer().needed(target(rules, List.of())));
    } catch (PackException e) {
      throw new IOException(e);
    }
  }

  /** Leaves out what the syncer does not need, and some of what it does. */
  private LeftOut stageInPart(Model staged, SyncRules rules, boolean digests)
      throws IOException, InterruptedException {
    Path store = Files.createTempDirectory(stagedByUs.getParent(), "left-out");
    LeftOut leftOut =
        new LeftOut(
            stagedByUs,
            store,
            new TreeSyncer().needed(target(rules, List.of())),
            new Random(seed),
            digests);
    new ModelWriter(privileged, Optional.of(leftOut)).write(staged, stagedByUs);
    return leftOut;
  }

  private SyncTarget target(SyncRules rules, List<String> said) {
    return new SyncTarget(directory.resolve("ours/dest"), rules, 2, said::add).withKnown(known);
  }

  private static SyncRules rules(Random random) {
    List<String> excludes = new ArrayList<>();
    if (random.nextBoolean()) {
      int count = random.nextInt(4);
      for (int i = 0; i < count; i++) {
        excludes.add(PATTERNS[random.nextInt(PATTERNS.length)]);
      }
    }
    return SyncRules.excluding(excludes)
        .withComparison(random.nextInt(5) == 0 ? Comparison.CHECKSUM : Comparison.QUICK);
  }

  private List<String> compare(SyncRules rules, boolean byDigests, StagedTree tree)
      throws IOException, InterruptedException {
    Path ours = directory.resolve("ours/dest");
    Path theirs = directory.resolve("theirs/dest");
    Path staged = directory.resolve("theirs/staged");
    List<String> more = byDigests ? List.of("--checksum") : List.of();
    boolean rsyncFails = rsync(rules, more, staged, theirs) != 0;
    List<String> said = new ArrayList<>();
    try {
      new TreeSyncer().sync(tree, target(rules, said));
    } catch (IOException e) {
      return rsyncFails ? List.of() : List.of("we fail: " + e, "rules: " + rules);
    }
    List<String> differences =
        rsyncFails
            ? leftToDo(rules, staged, ours)
            : difference(
                Snapshot.of(ours, staged, byDigests), Snapshot.of(theirs, staged, byDigests));
    if (!differences.isEmpty()) {
      differences.add("rules: " + rules);
      said.forEach(line -> differences.add("said: " + line));
    }
    return differences;
  }

  /** Where rsync fails and we do not, it has to find nothing to do. */
  private List<String> leftToDo(SyncRules rules, Path staged, Path dest)
      throws IOException, InterruptedException {
    rsync(rules, List.of("--dry-run", "--itemize-changes"), staged, dest);
    List<String> left = new ArrayList<>(rsyncOutput().lines().toList());
    // A dry run says so of a directory that stays for what is excluded in it, and then that it
    // deletes that directory, which no other run does.
    for (String line : List.copyOf(left)) {
      if (line.startsWith(NOT_EMPTY)) {
        left.removeAll(List.of(line, "*deleting   " + line.substring(NOT_EMPTY.length()) + "/"));
      }
    }
    return left;
  }

  private int rsync(SyncRules rules, List<String> more, Path staged, Path dest)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("rsync", "-a", "--delete"));
    if (rules.comparison() == Comparison.CHECKSUM) {
      command.add("--checksum");
    }
    command.addAll(more);
    rules.excludes().forEach(pattern -> command.addAll(List.of("--exclude", pattern)));
    command.addAll(List.of("--", staged + "/", dest + "/"));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("rsync.out").toFile())
            .start();
    return process.waitFor();
  }

  private static List<String> difference(Map<String, String> ours, Map<String, String> theirs) {
    List<String> differences = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(ours.keySet());
    names.addAll(theirs.keySet());
    for (String name : names) {
      String a = ours.getOrDefault(name, "nothing");
      String b = theirs.getOrDefault(name, "nothing");
      if (!a.equals(b)) {
        differences.add("'%s'%n  ours:  %s%n  rsync: %s".formatted(name, a, b));
      }
    }
    return differences;
  }

  /** Returns what rsync said. */
  String rsyncOutput() throws IOException {
    return Files.readString(directory.resolve("rsync.out"), StandardCharsets.ISO_8859_1);
  }
}
