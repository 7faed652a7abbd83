package dev.stretcher.cli.invocation;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;

/**
 * Loads classes from the class path, and looks for plug-ins in it, but not in the jars of {@code
 * lib/dependencies}: these have none, and opening all of them takes longer than a small deploy.
 */
public final class PluginLoader extends ClassLoader {
  private static final Path DEPENDENCIES = Path.of("lib", "dependencies");

  private final URLClassLoader places;

  private PluginLoader(ClassLoader parent, URLClassLoader places) {
    super(parent);
    this.places = places;
  }

  /** Returns the loader for the class path of this JVM. */
  public static ClassLoader ofClassPath() {
    return of(System.getProperty("java.class.path"));
  }

  static ClassLoader of(String classPath) {
    List<URL> places = new ArrayList<>();
    for (String name : classPath.split(File.pathSeparator)) {
      Path place = Path.of(name).toAbsolutePath();
      if (!place.resolveSibling("").endsWith(DEPENDENCIES) && isReadable(place)) {
        places.add(url(place));
      }
    }
    return new PluginLoader(
        PluginLoader.class.getClassLoader(), new URLClassLoader(places.toArray(URL[]::new), null));
  }

  /** Opening a named pipe would wait for ever. */
  private static boolean isReadable(Path place) {
    return Files.isRegularFile(place) || Files.isDirectory(place);
  }

  private static URL url(Path place) {
    try {
      return place.toUri().toURL();
    } catch (IOException e) {
      throw new IllegalArgumentException(place + " of the class path is not a URL", e);
    }
  }

  /** Returns the resources of that name where plug-ins are. */
  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    return places.findResources(name);
  }
}
