package dev.stretcher;

import dev.stretcher.spi.Content;
import dev.stretcher.spi.FetchRequest;
import dev.stretcher.spi.Source;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Objects in memory, at {@code mem:} URLs. */
final class MemorySource implements Source {
  private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
  private final List<String> opened = new CopyOnWriteArrayList<>();
  private final Set<String> denied = ConcurrentHashMap.newKeySet();
  private final AtomicInteger failures = new AtomicInteger();

  void put(String path, String content) {
    put(path, content.getBytes(StandardCharsets.UTF_8));
  }

  void put(String path, byte[] content) {
    objects.put(path, content);
  }

  byte[] get(String path) {
    return Objects.requireNonNull(objects.get(path));
  }

  /** Lets the next downloads of archives fail. */
  void failNext(int count) {
    failures.set(count);
  }

  /** Refuses a path. */
  void deny(String path) {
    denied.add(path);
  }

  /** Returns the paths that were opened. */
  List<String> opened() {
    return opened;
  }

  @Override
  public Set<String> schemes() {
    return Set.of("mem");
  }

  @Override
  public Content open(URI uri, FetchRequest request) throws IOException {
    opened.add(uri.getPath());
    if (denied.contains(uri.getPath())) {
      throw new AccessDeniedException(uri.getPath());
    }
    byte[] bytes = objects.get(uri.getPath());
    if (bytes == null) {
      throw new NoSuchFileException(uri.getPath());
    }
    if (uri.getPath().endsWith(".tar") && failures.getAndDecrement() > 0) {
      throw new IOException("connection reset");
    }
    return Content.of(new ByteArrayInputStream(bytes));
  }
}
