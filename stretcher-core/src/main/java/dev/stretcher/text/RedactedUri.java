package dev.stretcher.text;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shows a URL to people without what may be secret in it: user information, query and fragment.
 *
 * <p>Text that only resembles a URL is cut rather than trusted: {@code ***} stands for what could
 * be a mistyped password. Control characters are shown escaped, so that the result is one line.
 *
 * <p>Stateless and thread-safe.
 */
public final class RedactedUri {
  private static final String HIDDEN = "***";
  private static final Pattern FORM =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*://)([^/?#]*)([^?#]*)(.*)");
  private static final Pattern HOST =
      Pattern.compile("(?:\\[[0-9A-Fa-f:.]+]|[^:@%\\\\\\[\\] ]*)(?::[0-9]{0,5})?");
  private static final Pattern LOCAL = Pattern.compile("file:/(?!/).*");

  /**
   * What is only asked of text that has an {@code @}. Most URLs have none, and need no patterns.
   */
  private static final class At {
    static final Pattern PORT = Pattern.compile(":[0-9]{0,5}$");

    /** The end of a password, and a host. */
    static final Pattern CUT_PASSWORD = Pattern.compile("[^/@]@[^/@]+(?:/|$)");

    /**
     * What is not before a host: the {@code @} of an npm scope, of a version that is not like an
     * address, and of the name of an archive.
     */
    static final Pattern NO_HOST =
        Pattern.compile(
            "(?<=/)@[^/@:]+(?=/)"
                + "|@v?[0-9]{1,9}(?:[.][0-9]{1,9}){0,2}(?:[-+][^/@:]*)?(?=/|$)"
                + "|@[^/@:]+[.](?:tgz|tbz2?|txz|tzst|zip|gz|bz2|xz|zst|tar)$");

    /** A query that is one, and not the rest of a password. */
    static final Pattern QUERY = Pattern.compile("[?][A-Za-z][A-Za-z0-9_.-]*=[^@]*@[^@/]*");
  }

  private RedactedUri() {}

  /** Returns {@code uri} without user information, query and fragment. */
  public static String of(URI uri) {
    return of(uri.toString());
  }

  /** Does the same for text that may not be a URI at all. */
  public static String of(String text) {
    String line = Printable.of(text);
    Matcher form = FORM.matcher(line);
    return form.matches()
        ? hierarchical(form.group(1), form.group(2), form.group(3), form.group(4))
        : other(line.replaceFirst("[?#].*", ""), line);
  }

  private static String hierarchical(String scheme, String authority, String path, String rest) {
    String host = authority.substring(authority.lastIndexOf('@') + 1);
    // In https://user:se?cret@host the question mark belongs to the password.
    boolean cutAuthority = path.isEmpty() && rest.contains("@");
    if (cutAuthority || mayBePassword(authority, path, rest) || !HOST.matcher(host).matches()) {
      return scheme + HIDDEN;
    }
    boolean local = scheme.equalsIgnoreCase("file://");
    boolean secretPath = path.contains("@") && (hasUserInfo(path) || (host.isEmpty() && !local));
    return secretPath ? scheme + host + "/" + HIDDEN : scheme + host + path;
  }

  /**
   * Tells whether what looks like a host may be in the middle of a password that has an {@code @}
   * and a slash, as in {@code https://user:p@ss/word@host/x}, or that begins like a port, as in
   * {@code https://user:12/34@host/x}.
   */
  private static boolean mayBePassword(String authority, String path, String rest) {
    if (!(authority + path + rest).contains("@")) {
      return false;
    }
    String doubtful = authority.endsWith("@") ? path : At.NO_HOST.matcher(path).replaceAll("");
    if (authority.contains("@")) {
      return doubtful.contains("@") || (rest.contains("@") && !At.QUERY.matcher(rest).matches());
    }
    return At.PORT.matcher(authority).find() && At.CUT_PASSWORD.matcher(doubtful).find();
  }

  /** Tells whether there may be a second URL in a path, or the rest of a password with a slash. */
  private static boolean hasUserInfo(String path) {
    int at = path.lastIndexOf('@');
    int colon = path.indexOf(':');
    int slashes = path.indexOf("//");
    return (colon >= 0 && colon < at) || (slashes >= 0 && slashes < at);
  }

  private static String other(String shown, String line) {
    if (LOCAL.matcher(shown).matches()) {
      return shown;
    }
    return line.contains("@") ? HIDDEN : shown;
  }
}
