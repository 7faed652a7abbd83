package dev.stretcher.contract;

import dev.stretcher.process.Interrupts;
import dev.stretcher.publish.ObjectContent;
import dev.stretcher.publish.ObjectExistsException;
import dev.stretcher.publish.ObjectName;
import dev.stretcher.publish.ObjectStore;
import dev.stretcher.publish.ObjectStoreProvider;
import dev.stretcher.publish.StoredObject;
import dev.stretcher.spi.Content;
import dev.stretcher.spi.FetchRequest;
import dev.stretcher.spi.Source;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/**
 * An object store in the memory of a test, with faults on demand, which can be fetched from.
 * Thread-safe.
 */
public final class ObjectsInMemory implements ObjectStore, Source {
  private static final String SCHEME = "memory";

  private final NavigableMap<ObjectName, byte[]> objects = new ConcurrentSkipListMap<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private volatile Fault before = call -> {};
  private volatile Fault after = call -> {};
  private volatile UnaryOperator<byte[]> stored = UnaryOperator.identity();

  /** What happens in a call, beside what it is for. */
  @FunctionalInterface
  public interface Fault {
    /**
     * Throws, or does not.
     *
     * @param call such as {@code create shop-1.tar.gz}
     */
    void happen(String call) throws IOException, InterruptedException;
  }

  /** Lets something happen before each call does what it is for. */
  public void before(Fault fault) {
    before = fault;
  }

  /** Lets something happen after each call has done what it is for. */
  public void after(Fault fault) {
    after = fault;
  }

  /** Lets other bytes be stored than those that are sent. */
  public void store(UnaryOperator<byte[]> instead) {
    stored = instead;
  }

  /** Returns all calls, such as {@code create shop-1.tar.gz}, in their order. */
  public List<String> calls() {
    return List.copyOf(calls);
  }

  /** Returns the bytes of an object, or null. */
  public byte[] bytes(String name) {
    return objects.get(new ObjectName(name));
  }

  /** Returns the names of all objects, sorted. */
  public List<String> names() {
    return objects.keySet().stream().map(ObjectName::text).toList();
  }

  /** Returns a provider for {@code memory:} that opens this store. */
  public ObjectStoreProvider provider() {
    return new ObjectStoreProvider() {
      @Override
      public Set<String> schemes() {
        return Set.of(SCHEME);
      }

      @Override
      public ObjectStore open(URI address, Map<String, String> environment) {
        return ObjectsInMemory.this;
      }
    };
  }

  @Override
  public String name() {
    return "memory://objects";
  }

  @Override
  public URI url(ObjectName name) {
    return URI.create(name() + "/" + name);
  }

  @Override
  public void create(ObjectName name, ObjectContent content)
      throws IOException, InterruptedException {
    begin("create " + name);
    byte[] bytes;
    try (InputStream in = content.open(0)) {
      bytes = in.readAllBytes();
    } catch (IOException e) {
      Interrupts.rethrow(e);
      throw e;
    }
    Interrupts.requireNone();
    if (objects.putIfAbsent(name, stored.apply(bytes)) != null) {
      throw new ObjectExistsException(url(name) + " exists already", Optional.of(look(name)));
    }
    after.happen("create " + name);
  }

  private StoredObject look(ObjectName name) {
    return new StoredObject(
        name, objects.get(name).length, Optional.empty(), Optional.of(Instant.EPOCH));
  }

  @Override
  public Optional<StoredObject> find(ObjectName name) throws IOException, InterruptedException {
    begin("find " + name);
    after.happen("find " + name);
    return objects.containsKey(name) ? Optional.of(look(name)) : Optional.empty();
  }

  @Override
  public InputStream open(ObjectName name) throws IOException, InterruptedException {
    begin("open " + name);
    byte[] bytes = objects.get(name);
    if (bytes == null) {
      throw new NoSuchFileException(url(name).toString(), null, "there is no such object");
    }
    after.happen("open " + name);
    return new ByteArrayInputStream(bytes);
  }

  @Override
  public Optional<List<StoredObject>> list(String prefix) throws IOException, InterruptedException {
    begin("list " + prefix);
    return Optional.of(
        objects.keySet().stream()
            .filter(name -> name.text().startsWith(prefix))
            .map(this::look)
            .toList());
  }

  @Override
  public void delete(ObjectName name) throws IOException, InterruptedException {
    begin("delete " + name);
    objects.remove(name);
    after.happen("delete " + name);
  }

  private void begin(String call) throws IOException, InterruptedException {
    calls.add(call);
    before.happen(call);
  }

  @Override
  public Set<String> schemes() {
    return Set.of(SCHEME);
  }

  @Override
  public Content open(URI uri, FetchRequest request) throws IOException, InterruptedException {
    return Content.of(open(new ObjectName(uri.getPath().substring(1))));
  }

  @Override
  public void close() {
    // It can be used again by the next one who opens it.
  }
}
