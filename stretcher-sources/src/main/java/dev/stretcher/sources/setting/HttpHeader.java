package dev.stretcher.sources.setting;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A header of requests whose value, which may be secret, is in the environment. Immutable.
 *
 * @param host the only host that it is sent to, in lower case, or {@code HOST:PORT}; empty for each
 *     host that a URL names, though not for those that it redirects to. Whoever writes a manifest
 *     names hosts: an empty host is deprecated, and refused by the release after the first
 * @param name of the header
 * @param variable the environment variable that has its value
 */
public record HttpHeader(Optional<String> host, String name, String variable) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:((?:\\[[0-9A-Fa-f:.]+\\]|[^/=:]+)(?::[0-9]{1,5})?)/)?([!#$%&'*+.^_`|~0-9A-Za-z-]+)=([A-Za-z_][A-Za-z0-9_]*)");

  /**
   * Reads {@code [HOST[:PORT]/]NAME=VARIABLE}.
   *
   * @throws IllegalArgumentException if the text is not of this form
   */
  public static HttpHeader parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      // The text may have the value itself.
      throw new IllegalArgumentException(
          "expected [HOST[:PORT]/]NAME=VARIABLE, with the name of the environment variable that has"
              + " the value of the header");
    }
    return new HttpHeader(
        Optional.ofNullable(form.group(1)).map(host -> host.toLowerCase(Locale.ROOT)),
        form.group(2),
        form.group(3));
  }
}
