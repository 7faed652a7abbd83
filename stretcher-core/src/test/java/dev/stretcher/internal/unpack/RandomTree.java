package dev.stretcher.internal.unpack;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.stretcher.text.NativeText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes trees of what archives may hold, from odd names to odd modes. */
final class RandomTree {
  private static final String[] NAMES = {
    "plain",
    "with space",
    "new\nline",
    "-dash",
    "\u00e4\u00f6\u00fc",
    "\u65e5\u672c",
    "a*b?",
    "q'\"",
    "x".repeat(255)
  };
  private static final int[] MODES = {
    0644, 0600, 0755, 0000, 0500, 0444, 04755, 02755, 01777, 06711
  };
  private static final String[] TIMES = {
    "1999-12-31 23:59:59.123456789Z", "1970-01-01 00:00:00Z", "1960-05-05 05:05:05.5Z",
    "2024-02-29 12:00:00.000000001Z", "2040-01-01 00:00:00.999999999Z", "2026-01-01 00:00:00Z"
  };

  private final Random random;
  private final Path root;
  private final boolean privileged;
  private final List<Path> directories = new ArrayList<>();
  private final List<Path> files = new ArrayList<>();
  private final List<Path> all = new ArrayList<>();

  RandomTree(Random random, Path root, boolean privileged) {
    this.random = random;
    this.root = root;
    this.privileged = privileged;
  }

  void create(int count) throws IOException, InterruptedException {
    Files.createDirectory(root);
    directories.add(root);
    for (int i = 0; i < count; i++) {
      Path path = pick(directories).resolve(name(i));
      if (path.toString().length() < 1500) {
        add(path);
      }
    }
    decorate();
  }

  private void add(Path path) throws IOException, InterruptedException {
    int kind = random.nextInt(12);
    if (kind < 3) {
      directories.add(Files.createDirectory(path));
    } else if (kind == 3) {
      String[] targets = {"nowhere", "/absolute/target", "../up", "a//b/", "t".repeat(180)};
      String target = targets[random.nextInt(targets.length)];
      Program.run(path, List.of("ln", "-s", "--", target), NativeText.bytes(path));
    } else if (kind == 4 && !files.isEmpty()) {
      Files.createLink(path, pick(files));
      return;
    } else if (kind == 5) {
      sparse(path);
      files.add(path);
    } else if (kind == 6 && random.nextInt(4) == 0) {
      Program.run(path, List.of("mkfifo", "--"), NativeText.bytes(path));
    } else {
      byte[] content =
          new byte[random.nextInt(4) == 0 ? random.nextInt(200_000) : random.nextInt(600)];
      random.nextBytes(content);
      files.add(Files.write(path, content));
    }
    all.add(path);
  }

  private void sparse(Path path) throws IOException {
    try (FileChannel file = FileChannel.open(path, CREATE_NEW, WRITE)) {
      int parts = random.nextInt(30);
      for (int i = 0; i < parts; i++) {
        file.write(ByteBuffer.wrap(new byte[] {1}), random.nextInt(100) * 4096L + i);
      }
      // Leaves a hole at the end, which it cuts off the last part.
      file.write(ByteBuffer.wrap(new byte[] {1}), 500_000);
      file.truncate(450_000 + random.nextInt(50_000));
    }
  }

  private void decorate() throws IOException, InterruptedException {
    for (int i = all.size() - 1; i >= 0; i--) {
      Path path = all.get(i);
      boolean link = Files.isSymbolicLink(path);
      if (privileged) {
        int uid = new int[] {0, 1, 65534, 3_000_000, 12345}[random.nextInt(5)];
        Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:gid", uid / 2, LinkOption.NOFOLLOW_LINKS);
      }
      String time = TIMES[random.nextInt(TIMES.length)];
      Program.run(path, List.of("touch", "-h", "-d", time, "--"), NativeText.bytes(path));
      if (!link) {
        Files.setAttribute(path, "unix:mode", mode(Files.isDirectory(path)));
      }
    }
  }

  private int mode(boolean directory) {
    int mode = MODES[random.nextInt(MODES.length)];
    if (privileged) {
      // In a directory that is not, tar itself cannot make hard links unless it is root.
      return directory ? mode | 0100 : mode;
    }
    return mode | (directory ? 0700 : 0600);
  }

  private Path name(int i) {
    ByteArrayOutputStream name = new ByteArrayOutputStream();
    name.writeBytes(NAMES[random.nextInt(NAMES.length)].getBytes(StandardCharsets.UTF_8));
    if (random.nextInt(6) == 0) {
      // Not valid UTF-8.
      name.write(0xff);
    }
    name.writeBytes(Integer.toString(i).getBytes(StandardCharsets.UTF_8));
    byte[] bytes = name.toByteArray();
    int excess = Math.max(0, bytes.length - 255);
    return NativeText.path(Arrays.copyOfRange(bytes, excess, bytes.length));
  }

  private Path pick(List<Path> paths) {
    return paths.get(random.nextInt(paths.size()));
  }
}
