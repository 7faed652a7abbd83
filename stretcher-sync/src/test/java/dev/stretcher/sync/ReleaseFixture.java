package dev.stretcher.sync;

import dev.stretcher.manifest.Digest;
import dev.stretcher.manifest.FileMode;
import dev.stretcher.manifest.ReleaseRules.Shared;
import dev.stretcher.manifest.SyncRules;
import dev.stretcher.release.NewRelease;
import dev.stretcher.release.Release;
import dev.stretcher.release.Release.State;
import dev.stretcher.release.ReleaseSyncer;
import dev.stretcher.spi.ContentFilter;
import dev.stretcher.spi.Entry;
import dev.stretcher.spi.EntryType;
import dev.stretcher.spi.OmittedFiles;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncTarget;
import dev.stretcher.sync.internal.release.Steps;
import dev.stretcher.sync.internal.tree.KnownFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A dest in a temporary directory, and deploys to it. */
final class ReleaseFixture {
  static final Instant THEN = Instant.parse("2014-11-17T11:22:33Z");

  final Path directory;
  final Path dest;
  final List<String> output = new ArrayList<>();
  Steps steps = Steps.NONE;
  Instant now = Instant.parse("2026-11-27T10:45:12Z");
  Map<String, String> environment = Map.of();
  SyncRules rules = SyncRules.DEFAULT;
  SyncTarget.Disk disk = SyncTarget.Disk.NONE;
  SyncTarget.KnownContents known = SyncTarget.KnownContents.NONE;
  private int staged;

  ReleaseFixture(Path directory) {
    this.directory = directory;
    this.dest = directory.resolve("shop");
  }

  ReleaseSyncer syncer() {
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    return new ReleaseDirectorySyncer(clock, steps, environment);
  }

  SyncTarget target() {
    return new SyncTarget(dest, rules, 0, output::add).withDisk(disk).withKnown(known);
  }

  ReleaseFixture sharing(String... names) {
    List<Shared> shared = new ArrayList<>();
    for (String name : names) {
      shared.add(new Shared(Path.of(name), name.endsWith("/")));
    }
    rules = rules.withRelease(rules.release().withShared(shared));
    return this;
  }

  ReleaseFixture keeping(int number) {
    rules = rules.withRelease(rules.release().withKeep(number));
    return this;
  }

  /** Stages a tree of some files with a text of their own; a slash at the end is a directory. */
  Path stage(String version, String... names) throws IOException {
    Path root = Files.createDirectories(directory.resolve(".staging-" + staged++).resolve("root"));
    // Without digests, a content of the same size and time counts as the same.
    FileTime time = FileTime.from(THEN.plusSeconds(staged));
    Files.setLastModifiedTime(write(root.resolve("version"), version), time);
    write(root.resolve("lib/same"), "the same in each version");
    for (String name : names) {
      if (name.endsWith("/")) {
        Files.createDirectories(root.resolve(name));
      } else {
        write(root.resolve(name), name);
      }
    }
    return root;
  }

  static Path write(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.setAttribute(file, "unix:mode", 0644);
    return Files.setLastModifiedTime(file, FileTime.from(THEN));
  }

  static NewRelease origin(String name) {
    String hex = Integer.toHexString(name.hashCode());
    return new NewRelease(
        "release-" + name,
        THEN,
        "https://example.com/m.yml",
        "beef".repeat(16),
        Optional.of(Digest.parse("sha256:" + hex + "0".repeat(64 - hex.length()))),
        "manifest of " + name,
        "");
  }

  /** Does what the engine does. */
  Release deploy(String name, String... names) throws Exception {
    Optional<Release> found = syncer().find(target(), origin(name));
    Release release = found.isPresent() ? found.get() : prepare(name, names);
    syncer().activate(target(), release);
    syncer().mark(target(), release, State.GOOD);
    return release;
  }

  Release prepare(String name, String... names) throws Exception {
    Path root = stage("version " + name, names);
    ContentFilter needed = syncer().needed(target());
    StagedTree tree = new StagedTree(root, omit(root, needed));
    return syncer().prepare(tree, target(), origin(name));
  }

  Omitted omit(Path root, ContentFilter needed) throws IOException {
    return new Omitted(root, Files.createDirectories(root.resolveSibling("archive")), needed);
  }

  List<String> ids() throws IOException {
    return syncer().list(dest).stream().map(Release::id).toList();
  }

  Release release(String id) throws IOException {
    return syncer().list(dest).stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  /** Takes files out of a staged tree that are not needed, as the engine does. */
  static final class Omitted implements OmittedFiles {
    final Map<Path, Path> files = new TreeMap<>();
    final List<Path> stagedLate = new ArrayList<>();
    private final Path root;

    Omitted(Path root, Path archive, ContentFilter needed) throws IOException {
      this.root = root;
      List<Path> all;
      try (Stream<Path> paths = Files.walk(root)) {
        all = paths.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)).toList();
      }
      for (Path file : all) {
        Path path = root.relativize(file);
        FileMode mode = new FileMode(mode(file));
        Entry entry =
            new Entry(
                path,
                EntryType.FILE,
                mode,
                Files.size(file),
                Files.getLastModifiedTime(file).toInstant(),
                Optional.empty(),
                Optional.of(KnownFiles.digest(file)));
        if (!needed.needs(entry)) {
          FileTime time = Files.getLastModifiedTime(file.getParent());
          files.put(path, Files.move(file, archive.resolve(Integer.toString(files.size()))));
          Files.setLastModifiedTime(file.getParent(), time);
        }
      }
    }

    private static int mode(Path file) throws IOException {
      return (Integer) Files.getAttribute(file, "unix:mode") & 07777;
    }

    @Override
    public boolean isEmpty() {
      return files.isEmpty();
    }

    @Override
    public Collection<OmittedFile> in(Path in) {
      List<OmittedFile> found = new ArrayList<>();
      for (Map.Entry<Path, Path> each : files.entrySet()) {
        Path parent = each.getKey().getParent();
        if ((parent == null ? Path.of("") : parent).equals(in)) {
          found.add(file(each.getKey().getFileName(), each.getValue()));
        }
      }
      return found;
    }

    private static OmittedFile file(Path name, Path at) {
      try {
        return new OmittedFile(
            name,
            new FileMode(mode(at)),
            Files.size(at),
            Files.getLastModifiedTime(at).toInstant(),
            (Integer) Files.getAttribute(at, "unix:uid"),
            (Integer) Files.getAttribute(at, "unix:gid"),
            Optional.of(KnownFiles.digest(at)));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void stage(Collection<Path> wanted) throws IOException {
      for (Path path : wanted) {
        Path at = files.remove(path);
        if (at != null) {
          stagedLate.add(path);
          FileTime time = Files.getLastModifiedTime(root.resolve(path).getParent());
          Files.move(at, root.resolve(path));
          Files.setLastModifiedTime(root.resolve(path).getParent(), time);
        }
      }
    }

    @Override
    public void stageAll() throws IOException {
      stage(List.copyOf(files.keySet()));
    }
  }
}
