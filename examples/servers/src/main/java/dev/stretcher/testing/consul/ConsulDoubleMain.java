package dev.stretcher.testing.consul;

import java.io.IOException;
import java.io.OutputStream;

/** Runs a double of Consul on a free port, which it prints, until its STDIN ends. */
final class ConsulDoubleMain {
  private ConsulDoubleMain() {}

  /**
   * Runs it.
   *
   * @param args the port, if it is not to be a free one
   */
  public static void main(String[] args) throws IOException {
    try (ConsulDouble consul =
        ConsulDouble.start(args.length > 0 ? Integer.parseInt(args[0]) : 0)) {
      System.out.println(consul.port());
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
