package dev.stretcher.internal.decompress;

/** Says why the library of zstd, which is optional, cannot be used. */
public final class ZstdLibrary {
  private static final String MISSING =
      "the library zstd-jni, which is optional, is not there; add com.github.luben:zstd-jni to the"
          + " class path";

  private ZstdLibrary() {}

  /** Returns what is wrong and what to do about it. */
  public static String whyNotLoaded(LinkageError e) {
    return isThere() ? whyNotUsable(e) : MISSING;
  }

  private static boolean isThere() {
    try {
      Class.forName("com.github.luben.zstd.Zstd", false, ZstdLibrary.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** Where programs may not be run from, the system does not load libraries from either. */
  private static String whyNotUsable(LinkageError e) {
    // From the second time on, the JVM says only that it tried before, with the reason as cause.
    Throwable cause = e.getCause() == null ? e : e.getCause();
    String said = String.valueOf(cause.getMessage());
    return "the library of zstd-jni, which is unpacked into %s, does not load ("
            .formatted(System.getProperty("java.io.tmpdir"))
        + said.lines().findFirst().orElse("")
        + "); if programs may not run from that directory (mount option noexec), set TMPDIR to"
        + " another one";
  }
}
