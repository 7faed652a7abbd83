package dev.stretcher.sources.internal.http;

import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The logins in a {@code .netrc} file, as <a
 * href="https://everything.curl.dev/usingcurl/netrc.html">curl</a> and ftp(1) read it: what they do
 * not know is passed over. Immutable.
 */
final class Netrc {
  /** What turns a login into the bytes that the file has, whatever encoding these are in. */
  static final Charset BYTES = StandardCharsets.ISO_8859_1;

  private static final Netrc NONE = new Netrc(List.of());
  // A word, or one in quotes in which a backslash makes the next character an ordinary one.
  // Possessive, since the other loops of java.util.regex recurse, and the stack ends.
  private static final Pattern TOKEN = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*+)\"|(\\S+)");

  private static final String ESCAPES = "ntr";
  private static final String ESCAPED = "\n\t\r";
  private static final int LIMIT = 1 << 20;

  private static final Pattern ENTRY =
      Pattern.compile("\\s*(machine|default)(\\s|$)", Pattern.CASE_INSENSITIVE);

  private final List<Entry> entries;

  private Netrc(List<Entry> entries) {
    this.entries = entries;
  }

  /** A login; without a host it is the default. */
  record Entry(Optional<String> host, String login, String password) {}

  /**
   * Reads the file that {@code NETRC} names, or {@code ~/.netrc}, if it is there and this user may
   * read it.
   */
  static Netrc in(Map<String, String> environment) throws IOException {
    Optional<Path> named = file(environment.get("NETRC"), "");
    Optional<Path> file = named.isPresent() ? named : file(environment.get("HOME"), ".netrc");
    if (file.isEmpty() || (named.isEmpty() && !Files.isRegularFile(file.get()))) {
      return NONE;
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file.get())) {
      bytes = in.readNBytes(LIMIT + 1);
    } catch (IOException e) {
      if (named.isEmpty()) {
        return NONE;
      }
      throw Unusable.of("NETRC=" + NativeText.text(named.get()), reason(named.get()));
    }
    if (bytes.length > LIMIT) {
      throw Unusable.of(file.get(), "has more than 1 MiB; expected a file with logins (.netrc)");
    }
    return parse(new String(bytes, BYTES));
  }

  /** An unset variable is no mistake, but one that names no file would send requests without. */
  private static String reason(Path named) {
    return Files.notExists(named)
        ? "there is no such file; make it, or unset NETRC"
        : "cannot be read; let this user read it";
  }

  /** Returns the name of the file for people, whether it is there or not. */
  static String name(Map<String, String> environment) {
    return file(environment.get("NETRC"), "").map(NativeText::text).orElse("~/.netrc");
  }

  private static Optional<Path> file(@Nullable String variable, String name) {
    return variable == null || variable.isEmpty()
        ? Optional.empty()
        : Optional.of(Path.of(variable, name));
  }

  /**
   * Returns the login for a host.
   *
   * @param known whether the user asked for that host, and was not redirected to it: only then it
   *     may get the default
   */
  Optional<Entry> of(String host, boolean known) {
    return entries.stream()
        .filter(entry -> entry.host().map(host::equalsIgnoreCase).orElse(known))
        .findFirst();
  }

  private static Netrc parse(String text) {
    Reader reader = new Reader();
    boolean macro = false;
    for (String line : text.lines().toList()) {
      // A macro goes on to the next empty line.
      macro = macro && !line.isBlank();
      if (!macro) {
        macro = reader.read(line);
      }
    }
    return new Netrc(reader.finish());
  }

  /** Takes one token after the other, and passes over those that it does not know. */
  private static final class Reader {
    private final List<Entry> entries = new ArrayList<>();
    private boolean inEntry;
    private Optional<String> host = Optional.empty();
    private String login = "";
    private String password = "";
    private String keyword = "";

    /** Returns whether a macro begins with the next line. */
    boolean read(String text) {
      Matcher tokens = TOKEN.matcher(text);
      if (ENTRY.matcher(text).lookingAt()) {
        // What should have had a value in the line before must not get that of another host.
        keyword = "";
      }
      while (tokens.find()) {
        String quoted = tokens.group(1);
        String token = quoted == null ? tokens.group(2) : unescaped(quoted);
        if (quoted == null && token.startsWith("#")) {
          return false;
        } else if (!keyword.isEmpty()) {
          value(token);
        } else if (keyword(token)) {
          return true;
        }
      }
      return false;
    }

    private static String unescaped(String quoted) {
      StringBuilder text = new StringBuilder(quoted.length());
      for (int i = 0; i < quoted.length(); i++) {
        char c = quoted.charAt(i);
        if (c == '\\') {
          i++;
          c = quoted.charAt(i);
          int known = ESCAPES.indexOf(c);
          c = known < 0 ? c : ESCAPED.charAt(known);
        }
        text.append(c);
      }
      return text.toString();
    }

    private boolean keyword(String token) {
      String word = token.toLowerCase(Locale.ROOT);
      switch (word) {
        case "machine", "login", "password", "account" -> keyword = word;
        case "default" -> begin(Optional.empty());
        case "macdef" -> {
          return true;
        }
        default -> {
          // Other programs know more, such as a port.
        }
      }
      return false;
    }

    private void value(String token) {
      switch (keyword) {
        case "machine" -> begin(Optional.of(token));
        // The first one: a further one may belong to a host that we did not recognise.
        case "login" -> login = login.isEmpty() ? token : login;
        case "password" -> password = password.isEmpty() ? token : password;
        default -> {
          // An account is not for HTTP.
        }
      }
      keyword = "";
    }

    private void begin(Optional<String> next) {
      end();
      inEntry = true;
      host = next;
      login = "";
      password = "";
    }

    private void end() {
      if (inEntry && !(login.isEmpty() && password.isEmpty())) {
        entries.add(new Entry(host, login, password));
      }
    }

    List<Entry> finish() {
      end();
      return entries;
    }
  }
}
