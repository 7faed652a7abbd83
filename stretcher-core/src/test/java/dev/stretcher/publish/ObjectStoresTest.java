package dev.stretcher.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.contract.ObjectsInMemory;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectStoresTest {
  private static ObjectStore open(String address, ObjectStoreProvider... given) throws Exception {
    return ObjectStores.open(
        URI.create(address), Map.of(), List.of(given), ObjectStoresTest.class.getClassLoader());
  }

  @Test
  void aGivenProviderIsUsedForItsScheme() throws Exception {
    ObjectsInMemory objects = new ObjectsInMemory();
    assertThat(open("Memory://objects", objects.provider())).isSameAs(objects);
    assertThat(open("file:/srv/deploys", objects.provider()).name()).isEqualTo("file:/srv/deploys");
  }

  @Test
  void twoProvidersForOneSchemeAreBothNamed() {
    ObjectStoreProvider provider = new ObjectsInMemory().provider();
    assertThatThrownBy(() -> open("memory:x", provider, provider))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("two for the object store for 'memory'")
        .hasMessageContaining(
            provider.getClass().getName() + " and " + provider.getClass().getName());
  }

  @Test
  void anUnknownSchemeIsAnErrorThatNamesThoseThatThereAre() {
    assertThatThrownBy(() -> open("ftp://host/dir"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no object store for 'ftp'")
        .hasMessageContaining("file");
  }

  @Test
  void anAddressWithoutASchemeIsAnErrorThatShowsOne() {
    assertThatThrownBy(() -> open("/srv/deploys"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("file:/srv/deploys/shop");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/a", "a/", "a//b", "..", "a/../b", ".a", "-a", "a b", "a+b", "ä", "a\nb"})
  void aNameThatIsNotTheSameEverywhereIsRefused(String text) {
    assertThatThrownBy(() -> new ObjectName(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no name of an object");
  }
}
