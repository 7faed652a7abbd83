package dev.stretcher.sources.internal.http;

import dev.stretcher.spi.Content;
import java.io.IOException;
import java.net.URL;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * OkHttp with the libraries that it needs itself. A program may have other versions of them on its
 * class path, chosen by its build; then some class or method is not there.
 */
public final class HttpLibrary {
  /** The version that we are compiled with; that of the class path may be another one. */
  private static final String WANTED = "5.5.1";

  /** No failure has that many causes, unless they form a circle. */
  private static final int CAUSES = 100;

  private static final Pattern PART = Pattern.compile("\\b(?:okhttp3|okio|kotlin)[./]");
  private static final Pattern FILE = Pattern.compile("([^/!]+)(?:!/|/)*$");

  private HttpLibrary() {}

  /** Tells whether an error says that the versions do not fit. */
  public static boolean isBehind(LinkageError e) {
    Throwable cause = e;
    for (int depth = 0; cause != null && depth < CAUSES; depth++) {
      StackTraceElement[] frames = cause.getStackTrace();
      // The class that began to exist, of an error that does not name it.
      boolean isWithin = frames.length > 0 && PART.matcher(frames[0].getClassName()).find();
      if (isWithin || PART.matcher(cause.toString()).find()) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /** Returns content whose body explains such an error wherever it is read or closed. */
  public static Content explaining(Content content) {
    return new Content(
        new ExplainedBody(content.body()),
        content.range(),
        content.totalLength(),
        content.validator(),
        content.file());
  }

  /**
   * Returns the exception for a source that met the error.
   *
   * @throws LinkageError the error itself, if it is about something else
   */
  public static IOException explained(LinkageError e) {
    if (!isBehind(e)) {
      throw e;
    }
    IOException explained =
        Unusable.of(
            "the class path",
            "OkHttp %s is wanted, with the okio and the kotlin-stdlib that it depends on, but there are %s (%s); let the build choose these versions: mvn dependency:tree shows what changes them, as okhttp.version and kotlin.version of Spring Boot do"
                .formatted(WANTED, found(), e));
    explained.initCause(e);
    return explained;
  }

  private static String found() {
    List<String> files = new ArrayList<>();
    for (String name : List.of("okhttp3.OkHttpClient", "okio.Buffer", "kotlin.Unit")) {
      files.add(file(name));
    }
    return String.join(", ", files);
  }

  /** Returns the name of the jar that a class is from, which has its version. */
  private static String file(String name) {
    try {
      Class<?> found = Class.forName(name, false, HttpLibrary.class.getClassLoader());
      CodeSource source = found.getProtectionDomain().getCodeSource();
      URL place = source == null ? null : source.getLocation();
      Matcher file = FILE.matcher(String.valueOf(place));
      return file.find() ? file.group(1) : name;
    } catch (ClassNotFoundException | LinkageError e) {
      return "no " + name;
    }
  }
}
