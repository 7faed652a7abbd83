package dev.stretcher.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.SyncerContract;
import dev.stretcher.manifest.SyncRules;
import dev.stretcher.spi.Syncer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SwapSyncerTest extends SyncerContract {
  @Override
  protected Syncer syncer() {
    return new SwapSyncer();
  }

  @Override
  protected Set<Capability> capabilities() {
    return Set.of(Capability.UPDATE);
  }

  @Test
  void refusesTheRulesThatAWholeTreeCannotKeepTo() {
    for (SyncRules rules :
        List.of(SyncRules.excluding(List.of("*.pid")), SyncRules.DEFAULT.withMaxDelete(1))) {
      assertThat(syncer().unsupported(rules)).hasSize(1);
    }
  }
}
