package dev.stretcher.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.contract.StoreInMemory;
import dev.stretcher.store.KeyValueStore;
import dev.stretcher.store.KeyValueStoreProvider;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoresTest {
  @TempDir Path temporary;

  private KeyValueStore open(String address, Class<?>... providers) throws IOException {
    Path services = temporary.resolve("META-INF/services");
    Files.createDirectories(services);
    List<String> names = Arrays.stream(providers).map(Class::getName).toList();
    Files.write(services.resolve(KeyValueStoreProvider.class.getName()), names);
    URL[] own = {temporary.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(own, getClass().getClassLoader())) {
      return Stores.open(URI.create(address), Map.of("TOKEN", "s3cret"), loader);
    }
  }

  @Test
  void opensADirectoryByFile() throws Exception {
    Path directory = temporary.resolve("a store");
    try (KeyValueStore store = open("FILE://" + directory.toUri().getRawPath())) {
      assertThat(store.name()).isEqualTo("file:" + directory);
      assertThat(store.membership()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:store", "file://host/store", "file:/store?a", "file:/store#a"})
  void refusesAFileThatNamesNoDirectory(String address) {
    assertThatThrownBy(() -> open(address).close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("names no directory; expected file: and an absolute path");
  }

  @Test
  void opensThatOfAPlugInByItsScheme() throws Exception {
    try (KeyValueStore store = open("Memory://x", InMemory.class)) {
      assertThat(store).isInstanceOf(StoreInMemory.class);
    }
  }

  @Test
  void saysWhichStoresThereAre() {
    assertThatThrownBy(() -> open("other://user:s3cret@x", InMemory.class).close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("no key/value store for 'other'", "memory")
        .hasMessageNotContaining("s3cret");
    assertThatThrownBy(() -> open("/var/lib/store").close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'/var/lib/store' is no address of a store");
  }

  @Test
  void namesTwoOfOneScheme() {
    assertThatThrownBy(() -> open("memory://x", InMemory.class, AnotherInMemory.class).close())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll(InMemory.class.getName(), AnotherInMemory.class.getName());
  }

  /** A provider of stores. */
  public static class InMemory implements KeyValueStoreProvider {
    @Override
    public Set<String> schemes() {
      return Set.of("memory");
    }

    @Override
    public KeyValueStore open(URI address, Map<String, String> environment) {
      assertThat(environment).containsEntry("TOKEN", "s3cret");
      return new StoreInMemory();
    }
  }

  /** A provider of the same. */
  public static final class AnotherInMemory extends InMemory {}
}
