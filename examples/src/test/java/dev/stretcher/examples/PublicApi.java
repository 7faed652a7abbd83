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

/** The types that programs and plug-ins may use: those of the packages that VERSIONING names. */
final class PublicApi {
  private static final List<Class<?>> ONE_OF_EACH_MODULE =
      List.of(Stretcher.class, S3Source.class, TreeSyncer.class);

  private static final String ROW = "| programs that embed |";
  private static final Pattern PACKAGE = Pattern.compile("`(dev\\.stretcher[.a-z]*)`");

  private PublicApi() {}

  /** Returns the packages in the row of VERSIONING that says what a program may count on. */
  static Set<String> packages() throws IOException {
    String row =
        Files.readAllLines(Repository.root().resolve("VERSIONING.md")).stream()
            .filter(line -> line.startsWith(ROW))
            .collect(Collectors.joining());
    return PACKAGE
        .matcher(row)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns the public top-level types of a package, sorted by their names. */
  static List<Class<?>> types(String inPackage) throws Exception {
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
