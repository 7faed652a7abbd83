package dev.stretcher.sync.internal.usage;

import dev.stretcher.sync.internal.directory.Privilege;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The processes that use directories, as <a
 * href="https://man7.org/linux/man-pages/man5/proc.5.html">proc(5)</a> shows it: by their working
 * directory, root, program, open or mapped files.
 */
public final class Users {
  private static final Path PROC = Path.of("/proc");
  private static final List<String> LINKS = List.of("cwd", "root", "exe");

  private final UsedDirectories directories;
  private final Map<Path, List<String>> found = new HashMap<>();
  private final boolean root = Privilege.ofThisProcess() == Privilege.ROOT;
  private int unknown;

  private Users(UsedDirectories directories) {
    this.directories = directories;
  }

  /**
   * Looks at all processes.
   *
   * @param directories real paths, none in another one
   */
  public static Users of(List<Path> directories) {
    Users users = new Users(new UsedDirectories(directories));
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        users.look(process);
      }
    } catch (IOException | DirectoryIteratorException e) {
      // A system without /proc shows no users.
      return users;
    }
    return users;
  }

  /** Returns the processes that use one of the directories, such as {@code 4711 (java)}. */
  public List<String> of(Path directory) {
    return found.getOrDefault(directory, List.of());
  }

  /** Returns how many processes of other users this one may not look at. */
  public int unknown() {
    return unknown;
  }

  private void look(Path process) {
    Set<String> used = new HashSet<>();
    for (String link : LINKS) {
      follow(process.resolve(link), used);
    }
    boolean seen = addOpen(process, used);
    addMapped(process, used);
    for (Path directory : directories.among(used, process)) {
      found.computeIfAbsent(directory, each -> new ArrayList<>()).add(text(process));
    }
    if (!seen && !root && Files.exists(process)) {
      unknown++;
    }
  }

  private static void follow(Path link, Collection<String> used) {
    try {
      used.add(bytes(Files.readSymbolicLink(link)));
    } catch (IOException e) {
      // It has ended, is a thread of the kernel, or belongs to another user.
      return;
    }
  }

  /** Returns a path byte by byte as Latin-1, as it stands in the list of mapped files. */
  static String bytes(Path path) {
    return new String(NativeText.bytes(path), StandardCharsets.ISO_8859_1);
  }

  private static boolean addOpen(Path process, Collection<String> used) {
    try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : open) {
        follow(descriptor, used);
      }
      return true;
    } catch (IOException | DirectoryIteratorException e) {
      // The same.
      return false;
    }
  }

  private static void addMapped(Path process, Collection<String> used) {
    try {
      byte[] bytes = Files.readAllBytes(process.resolve("maps"));
      for (String line : new String(bytes, StandardCharsets.ISO_8859_1).split("\n")) {
        int path = line.indexOf('/');
        if (path >= 0) {
          used.add(line.substring(path));
        }
      }
    } catch (IOException e) {
      // The same.
      return;
    }
  }

  private static String text(Path process) {
    String pid = process.getFileName().toString();
    try {
      byte[] name = Files.readAllBytes(process.resolve("comm"));
      return pid + " (" + new String(name, StandardCharsets.UTF_8).strip() + ")";
    } catch (IOException e) {
      return pid;
    }
  }
}
