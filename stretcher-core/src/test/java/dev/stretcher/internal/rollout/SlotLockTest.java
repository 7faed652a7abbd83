package dev.stretcher.internal.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.contract.StoreInMemory;
import dev.stretcher.fleet.AppName;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlotLockTest {
  private static final AppName SHOP = new AppName("shop");
  private static final String LOCK = "stretcher/slots/shop/.lock";

  @Test
  void isWrittenAsConsulsClientsWriteIt() throws Exception {
    SlotLock lock = new SlotLock(2, Set.of("b-2", "a-1"));

    assertThat(lock.json()).isEqualTo("{\"Limit\":2,\"Holders\":{\"a-1\":true,\"b-2\":true}}");
    assertThat(SlotLock.parse(lock.json())).isEqualTo(lock);
    assertThat(SlotLock.parse("{\"Holders\":{\"a\":true,\"b\":false},\"X\":[1],\"Limit\":3}"))
        .isEqualTo(new SlotLock(3, Set.of("a")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no", "[]", "{\"Limit\":", "{\"Limit\":99999999999}"})
  void somethingElseIsNamedWithTheRemedy(String value) throws Exception {
    StoreInMemory store = new StoreInMemory();
    store.put(LOCK, value);

    assertThatThrownBy(() -> new Slots(store, SHOP, "web1").look())
        .isInstanceOf(IOException.class)
        .hasMessageContaining(LOCK + " is no semaphore; delete it");
  }

  @Test
  void aHolderWhoseLeaseIsGoneIsForgotten() throws Exception {
    StoreInMemory store = new StoreInMemory();
    store.put(LOCK, "{\"Limit\":1,\"Holders\":{\"gone\":true}}");
    Slot slot = new Slots(store, SHOP, "web1").take(1).orElseThrow();

    assertThat(store.text(LOCK).orElseThrow()).doesNotContain("gone");
    assertThat(new Slots(store, SHOP, "web2").take(1)).isEmpty();
    assertThat(new Slots(store, SHOP, "web2").take(2)).isPresent();
    slot.release();
    slot.release();
    assertThat(slot.renew()).isFalse();
    assertThat(store.text(LOCK).orElseThrow()).startsWith("{\"Limit\":2,");
  }

  @Test
  void oneThatFindsNoSlotLeavesNothing() throws Exception {
    StoreInMemory store = new StoreInMemory();
    assertThat(new Slots(store, SHOP, "web1").take(1)).isPresent();
    int before = store.list("stretcher/slots/").entries().size();

    assertThat(new Slots(store, SHOP, "web2").take(1)).isEmpty();
    assertThat(store.list("stretcher/slots/").entries()).hasSize(before);
  }
}
