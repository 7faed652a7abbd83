package dev.stretcher.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.spi.Syncer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a comparison of dest with the deployed archive passes over. */
class LeftAloneTest {
  private static final byte[] FILE = "/var\n".getBytes(StandardCharsets.UTF_8);

  @Test
  void treeAndRsyncLeaveAloneWhatBothListsOfPatternsName() throws Exception {
    for (Syncer syncer : List.of(new TreeSyncer(), new RsyncSyncer(Map.of()))) {
      assertThat(isLeftAlone(syncer, "log/app.pid", false)).as(syncer.name()).isTrue();
      assertThat(isLeftAlone(syncer, "var", true)).as(syncer.name()).isTrue();
      assertThat(isLeftAlone(syncer, "log/app.log", false)).as(syncer.name()).isFalse();
    }
  }

  @Test
  void mvLeavesNothingAloneSinceItRenamesTheWholeTree() throws Exception {
    assertThat(isLeftAlone(new MvSyncer(), "log/app.pid", false)).isFalse();
  }

  private static boolean isLeftAlone(Syncer syncer, String path, boolean directory)
      throws IOException {
    return syncer.leftAlone(List.of("*.pid"), FILE).orElseThrow().is(Path.of(path), directory);
  }
}
