package dev.stretcher.cli.dashboard;

import dev.stretcher.contract.StoreInMemory;
import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.DesiredState;
import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.fleet.HostState;
import dev.stretcher.fleet.HostStatus;
import dev.stretcher.fleet.MaxParallel;
import dev.stretcher.fleet.RolloutRules;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The picture of the page in the documentation: a fleet in a rollout that fails on a host. */
final class Picture {
  static final int WIDTH = 1200;
  static final int HEIGHT = 550;

  /** When it was drawn. */
  static final Instant NOW = Instant.parse("2026-01-31T15:04:30Z");

  private static final AppName BLOG = new AppName("blog");
  private static final String NEW = "1.4.2";
  private static final String OLD = "1.4.1";
  private static final Pattern WORDS = Pattern.compile(">([^<>\n]+)</text>");

  private final StoreInMemory store;

  private Picture(StoreInMemory store) {
    this.store = store;
  }

  /** Writes what the fleet says. */
  static void fill(StoreInMemory store) throws Exception {
    new Picture(store).fill();
  }

  private void fill() throws Exception {
    RolloutRules rules =
        new RolloutRules(
            1,
            Optional.of(MaxParallel.parse("2")),
            Optional.of(0),
            RolloutRules.OnFailure.HALT,
            false);
    desire(ShownFleet.SHOP, 7, NEW, OLD, Duration.ofSeconds(95), rules);
    desire(BLOG, 3, "2.0", "1.9", Duration.ofDays(2), RolloutRules.NONE);
    says("web-1", HostState.LIVE, NEW, 88, 5_150, "");
    says("web-2", HostState.LIVE, NEW, 61, 4_870, "");
    says(
        "web-3",
        HostState.ROLLED_BACK,
        OLD,
        58,
        12_040,
        "health command 'bin/health': exit status 1");
    says("web-4", HostState.CHECKING, OLD, 4, 0, "");
    for (String held : List.of("web-5", "web-6", "web-7", "web-8")) {
      says(held, HostState.HELD, OLD, 57, 4_310, "web-3 failed, and at most 0 may");
    }
    for (String host : List.of("web-1", "web-2")) {
      says(BLOG, host, 3, "2.0", HostState.LIVE, "2.0", 172_000, 3_100, "");
    }
  }

  private void desire(
      AppName app, int generation, String id, String previous, Duration age, RolloutRules rules)
      throws Exception {
    URI manifest =
        URI.create("s3://deploys/%s/%s.yml#sha256=%s".formatted(app, id, "ab".repeat(32)));
    DesiredState desired =
        new DesiredState(
            app,
            generation,
            id,
            manifest,
            Optional.of(previous),
            "ci@build",
            NOW.minus(age),
            rules,
            Optional.empty());
    store.put(FleetKeys.desired(app), desired.json());
  }

  private void says(
      String node, HostState state, String live, int seconds, int millis, String error)
      throws Exception {
    says(ShownFleet.SHOP, node, 7, NEW, state, live, seconds, millis, error);
  }

  private void says(
      AppName app,
      String node,
      int generation,
      String id,
      HostState state,
      String live,
      int seconds,
      int millis,
      String error)
      throws Exception {
    HostStatus status =
        new HostStatus(
            node,
            app,
            generation,
            Optional.of(id),
            state,
            Optional.of(live),
            NOW.minusSeconds(seconds),
            Optional.of("health").filter(stage -> state == HostState.ROLLED_BACK),
            Optional.of(error).filter(text -> !text.isEmpty()),
            millis / 1000.0,
            millis * 131L,
            "0.1.0");
    store.put(FleetKeys.host(node, app), status.json());
  }

  /** Draws what a browser shows, with the name that a store of a fleet has. */
  static String of(Chromium browser) throws IOException {
    browser.text("document.getElementById('store').textContent = 'consul://127.0.0.1:8500'");
    try (InputStream script = Picture.class.getResourceAsStream("picture.js")) {
      return browser.text(new String(script.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /** Returns the words of a picture, wherever they stand. */
  static List<String> words(String svg) {
    return WORDS.matcher(svg).results().map((MatchResult each) -> each.group(1)).toList();
  }
}
