package dev.stretcher.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * Archives that want to write outside of dest, or to take more of a host than they should.
 *
 * <p>The classes of published attacks: go-getter (CVE-2024-3817, a link and then a file below it),
 * plexus-archiver (CVE-2023-37460, a dangling link and then a file of its name), Python's tarfile
 * (CVE-2025-4517 and its family: paths beyond PATH_MAX, hard links to links), decompression bombs
 * of commons-compress (CVE-2021-35517, CVE-2024-25710).
 */
final class HostileArchives {
  private final Path outside;
  private final List<Hostile> all = new ArrayList<>();

  private HostileArchives(Path outside) {
    this.outside = outside;
  }

  /**
   * One of them.
   *
   * @param manifest a further line of the manifest
   * @param error what the error says
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Hostile(String name, byte[] bytes, String manifest, List<String> error) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Returns those that have to be refused; {@code outside} is a directory that they aim at. */
  static List<Hostile> refused(Path outside) {
    HostileArchives archives = new HostileArchives(outside);
    archives.names();
    archives.links();
    archives.sameNames();
    archives.sizes();
    archives.extensions();
    archives.linksThatMustStayInside();
    return archives.all;
  }

  private void add(String name, RawTar tar, String... error) {
    all.add(new Hostile(name, tar.end(), "", List.of(error)));
  }

  private static RawTar tar() {
    return new RawTar().file("good", "good");
  }

  private void names() {
    add("absolute name", tar().file(outside + "/evil", "x"), "evil", "absolute");
    add("name that begins with ..", tar().file("../outside/evil", "x"), "evil", "'..'");
    add("name that has .. inside", tar().file("a/../../outside/evil", "x"), "evil", "'..'");
    add("directory ..", tar().directory(".."), "'..'");
    add("NUL in a name", tar().pax("path", "a\0/../evil").file("a", "x"), "NUL");
    add("lock of a deploy", tar().file("d/.stretcher-0123456789abcdef.lock/x", ""), "lock");
    add("no name", tar().pax("path", "").file("", "x"), "empty");
    add("file instead of the tree", tar().file("./", "").file(".", "x"), "whole tree");
    add("PAX path with ..", tar().pax("path", "../outside/evil").file("a", "x"), "'..'");
    add("name beyond the limit", longName("d/".repeat(2100)), "4201 bytes", "--max-path");
    add("extended header beyond the limit", longName("d".repeat(1 << 20)), "--max-extended-header");
    add("path beyond PATH_MAX", longName(("d".repeat(200) + "/").repeat(20)), "at most 4095");
    add("deep nesting", longName("d/".repeat(500)), "501 levels", "--max-depth");
    add("part of a name beyond NAME_MAX", longName("x".repeat(300)), "301 bytes", "255");
  }

  private static RawTar longName(String name) {
    return tar().pax("path", name + "f").file("short", "x");
  }

  private void links() {
    add(
        "file below a symbolic link",
        tar().symbolicLink("l", outside).file("l/evil", "x"),
        "l/evil",
        "below 'l'");
    add(
        "file below a chain of links",
        tar().symbolicLink("a", outside).symbolicLink("b", "a").file("b/evil", "x"),
        "below 'b'");
    add(
        "directory that becomes a link",
        tar().directory("d").symbolicLink("d", outside).file("d/evil", "x"),
        "below 'd'");
    add(
        "link below a link",
        tar().symbolicLink("l", outside).symbolicLink("l/evil", "x"),
        "below 'l'");
    add("hard link outside", tar().hardLink("h", "../outside/secret"), "'..'");
    add("absolute hard link", tar().hardLink("h", outside + "/secret"), "absolute");
    add(
        "hard link through a link",
        tar().symbolicLink("l", outside).hardLink("h", "l/secret"),
        "hard link to 'l/secret'");
    add("symbolic link to nothing", tar().symbolicLink("l", ""), "'l'", "0 bytes");
    add(
        "symbolic link to a name that cannot be",
        tar().pax("linkpath", "x".repeat(5000)).symbolicLink("l", "x"),
        "'l'",
        "5000 bytes");
    add("hard link to nothing", tar().hardLink("h", "nothing"), "hard link to 'nothing'");
    add("hard link to a directory", tar().directory("d").hardLink("h", "d"), "hard link to 'd'");
    add("paths that become too long when links are resolved", deepLinks(), "below 'escape'");
  }

  /** CVE-2025-4517: a link whose resolved path is longer than PATH_MAX, and one that climbs it. */
  private RawTar deepLinks() {
    RawTar tar = tar();
    String part = "d".repeat(200);
    String path = "";
    for (char step = 'a'; step < 'q'; step++) {
      tar.pax("path", path + part + "/").entry('5', "d/", "", new byte[0]);
      tar.pax("path", path + step, "linkpath", part).entry('2', "l", "", new byte[0]);
      path += part + "/";
    }
    String links = "a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/";
    return tar.symbolicLink("escape", links + "../".repeat(20) + "outside")
        .file("escape/evil", "x");
  }

  private void sameNames() {
    add("file and then something below it", tar().file("f", "x").file("f/g", "x"), "below 'f'");
    add(
        "full directory and then a file of its name",
        tar().file("d/f", "x").file("d", "x"),
        "not empty");
  }

  private void sizes() {
    add(
        "size beyond the limit",
        tar().header('0', "huge", "", RawTar.binary(200L << 30)),
        "huge",
        "--max-unpacked");
    add(
        "size that overflows",
        tar().header('0', "huge", "", RawTar.binary(Long.MAX_VALUE)),
        "huge",
        "its size is");
    add(
        "sizes whose sum overflows",
        tar()
            .pax("GNU.sparse.size", "900000000000000000", "GNU.sparse.map", "0,4")
            .file("s", "good"),
        "--max-unpacked");
    add("negative size", tar().header('0', "f", "", RawTar.binary(-512)), "size");
    add("device that cannot be", device("99999999"), "dev");
    add("size that is no number", tar().header('0', "f", "", "12x45".getBytes(UTF_8)), "size");
    add("more than there is", tar().header('0', "f", "", RawTar.octal(8000, 12)), "truncated");
  }

  private static RawTar device(String major) {
    byte[] block = new byte[512];
    byte[] header = new RawTar().header('3', "dev", "", RawTar.octal(0, 12)).end();
    System.arraycopy(header, 0, block, 0, block.length);
    System.arraycopy(major.getBytes(UTF_8), 0, block, 329, Math.min(7, major.length()));
    return tar().block(block);
  }

  private void extensions() {
    add("PAX record that is too long", raw("99999999999999999999 path=x\n"), "malformed");
    add("PAX record without a value", raw("7 path\n"), "malformed");
    add(
        "extended header of 2 MiB",
        tar().pax("comment", "x".repeat(2 << 20)).file("f", "x"),
        "extended header of");
    add("mtime beyond all time", tar().pax("mtime", "9".repeat(40)).file("f", "x"), "mtime");
    add("mtime that is no number", tar().pax("mtime", "nan").file("f", "x"), "mtime");
    for (String map : List.of("0,10,5,10", "0,99", "9223372036854775807,2", "5", "0,1,2")) {
      add(
          "sparse map " + map,
          tar().pax("GNU.sparse.size", "20", "GNU.sparse.map", map).file("s", "x".repeat(20)),
          "sparse");
    }
  }

  private static RawTar raw(String records) {
    return tar().entry('x', "pax", "", records.getBytes(UTF_8)).file("f", "x");
  }

  private void linksThatMustStayInside() {
    inside("absolute link", tar().symbolicLink("l", "/etc/passwd"));
    inside("link that climbs", tar().symbolicLink("d/l", "../../outside"));
    inside(
        "link that climbs by way of another",
        tar().symbolicLink("x/y/z/up", "../../..").symbolicLink("l", "x/y/z/up/.."));
    inside(
        "hard link to a link that leads inside from where it is",
        tar().file("x", "x").symbolicLink("a/b/l", "../../x").hardLink("m", "a/b/l"));
    for (String climbing : List.of("../", "..//x", "d/..//../", "./../x", ".//..")) {
      inside("link to " + climbing, tar().file("d/f", "x").symbolicLink("l", climbing));
    }
    inside(
        "link before the one that it needs",
        tar().symbolicLink("l", "later/..").symbolicLink("later", "."));
  }

  private void inside(String name, RawTar tar) {
    all.add(new Hostile(name, tar.end(), "links: inside", List.of("links: inside", "outside")));
  }

  static byte[] gzip(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      for (byte[] part : parts) {
        gzip.write(part);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
