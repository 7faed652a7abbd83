package dev.stretcher.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** Runs nginx on a free port, which it prints, until its STDIN ends. */
final class NginxMain {
  private NginxMain() {}

  /**
   * Runs it.
   *
   * @param args the prefix, see {@link Nginx#start}
   */
  public static void main(String[] args) throws IOException {
    try (Nginx nginx = Nginx.start(Path.of(args[0]))) {
      System.out.println(nginx.port());
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
