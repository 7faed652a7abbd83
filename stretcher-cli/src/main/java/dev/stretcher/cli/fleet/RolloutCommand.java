package dev.stretcher.cli.fleet;

import dev.stretcher.cli.flag.FleetSettings;
import dev.stretcher.cli.flag.SignSettings;
import dev.stretcher.cli.flag.UsageException;
import dev.stretcher.cli.invocation.Command;
import dev.stretcher.cli.invocation.Example;
import dev.stretcher.cli.invocation.Invocation;
import dev.stretcher.cli.rollout.ManifestCheck;
import dev.stretcher.cli.rollout.RolloutAct;
import dev.stretcher.cli.rollout.RulesText;
import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.DesiredState;
import dev.stretcher.fleet.Fleet;
import dev.stretcher.option.Options;
import dev.stretcher.option.Setting;
import dev.stretcher.report.EventJson;
import dev.stretcher.text.Printable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Sets what all hosts should have of an app: another manifest, or what they had before. */
public final class RolloutCommand implements Command {
  private static final int FAILURE = 1;

  @Override
  public String name() {
    return "rollout";
  }

  @Override
  public String parameter() {
    return "APP";
  }

  @Override
  public String summary() {
    return "Sets what all hosts of a fleet should have.";
  }

  @Override
  public List<Setting<?>> flags() {
    List<Setting<?>> flags = new ArrayList<>(RolloutAct.FLAGS);
    flags.add(0, FleetSettings.STORE);
    flags.addAll(List.of(SignSettings.SIGN, SignSettings.PASSWORD_FILE));
    return flags;
  }

  /** It runs where versions are made, and a script has to know whether it is desired now. */
  @Override
  public boolean isInquiry(Options options) {
    return true;
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example("Go back to what was desired before.", "stretcher rollout shop --back"),
        new Example("Hold a rollout on its way.", "stretcher rollout shop --pause"));
  }

  @Override
  public int run(Invocation invocation) throws UsageException, InterruptedException {
    AppName app = StoreArgument.app(invocation);
    RolloutAct act = RolloutAct.of(app, invocation.options());
    String by = System.getProperty("user.name") + "@" + EventJson.localHost();
    try (Signing signing = Signing.of(invocation, app)) {
      return StoreArgument.ask(
          invocation,
          FAILURE,
          store -> {
            DesiredState now = act.on(Fleet.over(store), by, signing.signer(), check(invocation));
            invocation.out().println(text(now));
            return 0;
          });
    } catch (IOException e) {
      return StoreArgument.complain(invocation, FAILURE, String.valueOf(e.getMessage()));
    }
  }

  private static ManifestCheck check(Invocation invocation) {
    return invocation.options().get(RolloutAct.UNCHECKED)
        ? manifest -> {}
        : new FetchableManifest(invocation);
  }

  /** Says what is desired now. */
  public static String text(DesiredState now) {
    return "%s: %s is desired, generation %s%s%s"
        .formatted(
            now.app(),
            now.id(),
            Long.toString(now.generation()),
            now.previous().map(id -> ", after " + Printable.of(id)).orElse(""),
            RulesText.of(now.rules()).map(rules -> "; " + rules).orElse(""));
  }
}
