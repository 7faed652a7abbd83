package dev.stretcher.cli.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.store.Membership;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecentMembershipTest {
  @Test
  void whoIsAliveIsNotAskedForEachChange() throws Exception {
    List<String> questions = new ArrayList<>();
    Membership recent =
        new RecentMembership(
            new Membership() {
              @Override
              public String self() {
                return "web-1";
              }

              @Override
              public Set<String> alive() {
                questions.add("alive");
                return Set.of("web-1");
              }

              @Override
              public Set<String> having(String service) {
                questions.add(service);
                return Set.of("web-2");
              }
            });
    for (int i = 0; i < 3; i++) {
      assertThat(recent.alive()).containsExactly("web-1");
      assertThat(recent.having("shop")).containsExactly("web-2");
    }
    assertThat(questions).containsExactly("alive", "shop");
  }
}
