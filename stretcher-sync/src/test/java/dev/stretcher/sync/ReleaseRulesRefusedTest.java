package dev.stretcher.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.manifest.ReleaseRules;
import dev.stretcher.manifest.RuleKeys;
import dev.stretcher.manifest.SyncRules;
import dev.stretcher.spi.Syncer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No rule is silently ignored: who keeps no releases refuses what a manifest says of them. */
class ReleaseRulesRefusedTest {
  @Test
  void syncersThatKeepNoReleasesRefuseTheirRules() {
    SyncRules rules = SyncRules.DEFAULT.withRelease(ReleaseRules.DEFAULT.withKeep(3));

    for (Syncer syncer : List.of(new TreeSyncer(), new RsyncSyncer(), new MvSyncer())) {
      assertThat(syncer.unsupported(rules)).as(syncer.name()).containsExactly(RuleKeys.RELEASE);
      assertThat(syncer.unsupported(SyncRules.DEFAULT)).as(syncer.name()).isEmpty();
    }
  }
}
