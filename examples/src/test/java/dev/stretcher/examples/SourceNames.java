package dev.stretcher.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the project's sources are called: files, packages, types and their members. */
final class SourceNames {
  private static final String NAME = "[A-Z]\\w*";
  private static final Pattern JAVA = Pattern.compile(NAME + "(\\.\\w+)*");
  private static final Pattern QUALIFIED =
      Pattern.compile("(dev\\.stretcher[.a-z0-9]*?)\\.(" + NAME + ".*)");
  private static final Pattern TYPE = Pattern.compile("\\b(?:class|interface|record|enum) (\\w+)");

  /** A variable of the environment, or a constant whose type is not named. */
  private static final Pattern CAPITALS = Pattern.compile("[A-Z0-9_]+");

  /** Of the source tree; a path with anything else in front is one of some host. */
  private static final Pattern PATH =
      Pattern.compile("(docs|examples|META-INF|stretcher-\\w+)/(?!target/)[\\w./-]+|[A-Z]+\\.md");

  private static final List<String> OF_THE_JDK =
      List.of(
          "java.lang.",
          "java.util.",
          "java.io.",
          "java.net.",
          "java.nio.channels.",
          "java.nio.file.",
          "java.time.");

  private final Path root;
  private final Set<String> packages = new HashSet<>();
  private final Set<String> known = new HashSet<>();
  private final Map<String, String> files = new HashMap<>();

  private SourceNames(Path root) {
    this.root = root;
  }

  /** Reads all sources below {@code root}. */
  static SourceNames below(Path root) throws IOException {
    SourceNames names = new SourceNames(root);
    try (Stream<Path> found = Files.walk(root)) {
      for (Path file : found.filter(file -> file.toString().endsWith(".java")).toList()) {
        names.add(file);
      }
    }
    return names;
  }

  private void add(Path file) throws IOException {
    String path = root.relativize(file).toString();
    int sources = path.indexOf("/java/dev/");
    if (path.contains("/target/") || sources < 0) {
      return;
    }
    String name = path.substring(sources + "/java/".length(), path.length() - ".java".length());
    String inPackage = name.substring(0, name.lastIndexOf('/')).replace('/', '.');
    String text = Files.readString(file);
    packages.add(inPackage);
    known.add(inPackage + name.substring(name.lastIndexOf('/')));
    files.merge(name.substring(name.lastIndexOf('/') + 1), text, String::concat);
    TYPE.matcher(text).results().map(found -> found.group(1)).forEach(known::add);
  }

  /** Whether there is such a thing, or this cannot be a name of one. */
  boolean know(String name) {
    MatchResult qualified = QUALIFIED.matcher(name).results().findFirst().orElse(null);
    if (qualified != null && name.startsWith("dev.")) {
      String type = qualified.group(2).split("\\.")[0];
      return known.contains(qualified.group(1) + "/" + type) && know(qualified.group(2));
    }
    if (name.matches("dev\\.stretcher[.a-z]*")) {
      return packages.contains(name);
    }
    if (PATH.matcher(name).matches()) {
      return exists(name);
    }
    return !JAVA.matcher(name).matches()
        || CAPITALS.matcher(name).matches()
        || isOfJava(List.of(name.split("\\.")));
  }

  private boolean isOfJava(List<String> parts) {
    String first = parts.get(0);
    if (parts.size() == 1) {
      return known.contains(first) || isOfJdk(first);
    }
    String text = files.get(first);
    return text == null
        ? know(first)
        : Pattern.compile("\\b" + parts.get(1) + "\\b").matcher(text).find();
  }

  private static boolean isOfJdk(String name) {
    return OF_THE_JDK.stream().anyMatch(inPackage -> isClass(inPackage + name));
  }

  private static boolean isClass(String name) {
    try {
      Class.forName(name);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private boolean exists(String path) {
    return Stream.of(
            "", "stretcher-sources/src/main/resources", "stretcher-sync/src/main/resources")
        .anyMatch(directory -> Files.exists(root.resolve(directory).resolve(path)));
  }
}
