package dev.stretcher.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * Runs nginx on a free port, which it prints, until its STDIN ends or a signal does; it counts what
 * it answers.
 */
final class NginxMain {
  private NginxMain() {}

  /**
   * Runs it.
   *
   * @param args the prefix, see {@link Nginx#startCounting}
   */
  public static void main(String[] args) throws IOException {
    Nginx nginx = Nginx.startCounting(Path.of(args[0]));
    Runtime.getRuntime().addShutdownHook(new Thread(nginx::close));
    System.out.println(nginx.port());
    System.in.transferTo(OutputStream.nullOutputStream());
  }
}
