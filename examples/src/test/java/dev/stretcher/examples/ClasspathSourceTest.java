package dev.stretcher.examples;

import dev.stretcher.contract.SourceContract;
import dev.stretcher.spi.Source;
import java.io.IOException;
import java.io.OutputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

class ClasspathSourceTest extends SourceContract {
  @TempDir Path directory;

  /** The jar that has a resource; each has one of its own, as one that is open cannot change. */
  private final Map<String, Path> jars = new ConcurrentHashMap<>();

  private final Source source = new ClasspathSource(new Jars());

  @Override
  protected Source source() {
    return source;
  }

  @Override
  protected URI put(String name, byte[] bytes) throws IOException {
    Path jar = Files.createTempFile(directory, "resource", ".jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      entries.putNextEntry(new JarEntry(name));
      entries.write(bytes);
    }
    jars.put(name, jar);
    return uri(name);
  }

  @Override
  protected URI missing() throws IOException {
    return uri("missing");
  }

  private static URI uri(String name) throws IOException {
    try {
      return new URI("classpath", null, "/" + name, null);
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  @Override
  protected List<Capability> capabilities() {
    return List.of(Capability.LENGTH);
  }

  private final class Jars extends ClassLoader {
    Jars() {
      super(null);
    }

    @Override
    protected @Nullable URL findResource(String name) {
      Path jar = jars.get(name);
      return jar == null ? null : in(jar, name);
    }

    private static @Nullable URL in(Path jar, String name) {
      try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
        return loader.findResource(name);
      } catch (MalformedURLException e) {
        throw new IllegalStateException(e);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
