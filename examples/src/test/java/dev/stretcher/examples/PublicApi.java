package dev.stretcher.examples;

import dev.stretcher.Stretcher;
import dev.stretcher.sources.S3Source;
import dev.stretcher.sync.TreeSyncer;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The types that programs and plug-ins may use: those that VERSIONING names, or has a package of.
 */
final class PublicApi {
  private static final List<Class<?>> ONE_OF_EACH_MODULE =
      List.of(Stretcher.class, S3Source.class, TreeSyncer.class);

  private static final String ROW = "| programs that embed |";
  private static final Pattern NAME =
      Pattern.compile("`(dev\\.stretcher[.a-z]*(?:\\.[A-Z]\\w*)?)`");

  private PublicApi() {}

  /** Returns what the row of VERSIONING names on which a program may count: packages and types. */
  static Set<String> names() throws IOException {
    String row =
        Files.readAllLines(Repository.root().resolve("VERSIONING.md")).stream()
            .filter(line -> line.startsWith(ROW))
            .collect(Collectors.joining());
    return NAME.matcher(row)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns the public top-level types of a package, sorted by their names; or the type itself. */
  static List<Class<?>> types(String name) throws Exception {
    return name.matches(".*\\.[A-Z]\\w*") ? List.of(load(name)) : typesIn(name);
  }

  private static List<Class<?>> typesIn(String inPackage) throws Exception {
    Set<String> names = new TreeSet<>();
    for (Class<?> one : ONE_OF_EACH_MODULE) {
      names.addAll(topLevelNames(location(one), inPackage.replace('.', '/')));
    }
    return names.stream()
        .<Class<?>>map(name -> load(inPackage + "." + name))
        .filter(type -> Signatures.isVisible(type.getModifiers()))
        .toList();
  }

  /** Returns where the classes of a module are: a directory, or the jar of it. */
  private static Path location(Class<?> one) throws URISyntaxException {
    return Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static Set<String> topLevelNames(Path classes, String folder) throws IOException {
    if (Files.isDirectory(classes)) {
      return topLevelNames(classes.resolve(folder));
    }
    try (FileSystem jar = FileSystems.newFileSystem(classes)) {
      return topLevelNames(jar.getPath(folder));
    }
  }

  private static Set<String> topLevelNames(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Set.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("\\w+\\.class"))
          .map(name -> name.substring(0, name.length() - ".class".length()))
          .collect(Collectors.toSet());
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, PublicApi.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
