package dev.stretcher.examples;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.contract.SyncerContract;
import dev.stretcher.manifest.SyncRules;
import dev.stretcher.spi.SyncTarget;
import dev.stretcher.spi.Syncer;
import java.nio.file.Path;
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
      SyncTarget target = new SyncTarget(Path.of("/no/such/app"), rules, 1, line -> {});

      assertThatThrownBy(() -> syncer().check(target)).hasMessageContaining("whole trees");
    }
  }
}
