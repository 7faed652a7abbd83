package dev.stretcher.cli.share;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Writes all files of {@code share}. */
public final class ShareWriter {
  private static final int ARGUMENTS = 4;

  private ShareWriter() {}

  /**
   * Writes them.
   *
   * @param args the directory {@code share} to write to; the directory with the reference; the
   *     version of this program; the time that it is of, in ISO 8601
   * @throws IOException if a file cannot be read or written
   */
  public static void main(String[] args) throws IOException {
    if (args.length != ARGUMENTS) {
      throw new IllegalArgumentException(
          "expected the directories share and docs/reference, a version and a time");
    }
    Path share = Path.of(args[0]);
    Edition edition = new Edition(args[2], args[3].replaceFirst("T.*", ""));
    for (Map.Entry<String, String> file : files(Path.of(args[1]), edition).entrySet()) {
      Path path = share.resolve(file.getKey());
      Files.createDirectories(path.resolveSibling(""));
      Files.writeString(path, file.getValue());
    }
  }

  /** Returns the content of each file, by its name in {@code share}. */
  static Map<String, String> files(Path reference, Edition edition) throws IOException {
    Map<String, String> files = new TreeMap<>();
    for (Map.Entry<String, String> page : ManualPages.of(reference, edition).entrySet()) {
      String name = page.getKey();
      files.put("man/man" + name.charAt(name.length() - 1) + "/" + name, page.getValue());
    }
    files.put("bash-completion/completions/stretcher", BashCompletion.script());
    files.put("zsh/vendor-completions/_stretcher", ZshCompletion.script());
    files.put("fish/vendor_completions.d/stretcher.fish", FishCompletion.script());
    return files;
  }
}
