package dev.stretcher.cli.invocation;

import dev.stretcher.option.Settings;
import dev.stretcher.report.Secrets;
import dev.stretcher.sources.setting.HttpHeader;
import dev.stretcher.sources.setting.SourceSettings;
import java.util.ArrayList;
import java.util.List;

/** What the log says of settings that are allowed, but may not do what the operator wants. */
final class SettingWarnings {
  private SettingWarnings() {}

  /** Returns the warnings of an invocation, none for most. */
  static List<String> of(Invocation invocation) {
    List<String> warnings = new ArrayList<>();
    for (HttpHeader header : invocation.options().get(SourceSettings.HTTP_HEADER)) {
      if (header.host().isEmpty()) {
        warnings.add(withoutHost(header));
      }
    }
    for (String name : invocation.options().get(Settings.SECRET_ENV)) {
      String value = invocation.surroundings().environment().getOrDefault(name, "");
      if (value.length() < Secrets.SHORTEST) {
        warnings.add(notMasked(name, value));
      }
    }
    warnings.addAll(invocation.command().warnings(invocation));
    return warnings;
  }

  private static String withoutHost(HttpHeader header) {
    String name = header.name() + "=" + header.variable();
    return "%s goes to each host that a manifest names; write HOST/%s, since the next release refuses a header without a host"
        .formatted(SourceSettings.HTTP_HEADER.mention(List.of(header)), name);
  }

  private static String notMasked(String name, String value) {
    return value.isEmpty()
        ? "secret_env: the variable %s is not set or empty; there is nothing to mask"
            .formatted(name)
        : "secret_env: the variable %s has fewer than %s characters; its value is not masked"
            .formatted(name, Secrets.SHORTEST);
  }
}
