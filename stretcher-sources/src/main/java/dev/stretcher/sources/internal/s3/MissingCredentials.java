package dev.stretcher.sources.internal.s3;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Says that there are no credentials. The SDK has a sentence for each place where it looked; those
 * that only say that nothing is there are left out.
 */
final class MissingCredentials {
  // The beginning of the SDK's message, before it says what is wrong with each.
  private static final Pattern CHAIN =
      Pattern.compile("^Unable to load credentials from any of the .*?\\) : \\[|\\]$");
  private static final Pattern PROVIDER = Pattern.compile("(?:^|, )\\w+Provider\\([^)]*\\): ");
  private static final Pattern NOTHING_THERE =
      Pattern.compile(
          "Access key must be specified|must be set\\.?$|environment variables are set"
              + "|no credentials for profile 'default'|have been disabled");
  private static final int LONGEST = 300;

  private MissingCredentials() {}

  /** Returns the message for what the SDK says. */
  static String message(String said) {
    Set<String> reasons = new LinkedHashSet<>();
    for (String each : PROVIDER.split(CHAIN.matcher(said).replaceAll(""))) {
      String reason = each.strip();
      if (!reason.isEmpty() && !NOTHING_THERE.matcher(reason).find()) {
        reasons.add(reason);
      }
    }
    String told = String.join("; ", reasons);
    String shown = told.length() > LONGEST ? told.substring(0, LONGEST) + "..." : told;
    return "no AWS credentials were found; tried the environment (AWS_ACCESS_KEY_ID), web identity"
        + " (AWS_WEB_IDENTITY_TOKEN_FILE), the profile files (~/.aws), the container and the"
        + " instance's metadata; set one of them up"
        + (shown.isEmpty() ? "" : " (" + shown + ")");
  }
}
