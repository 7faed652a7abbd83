package dev.stretcher.internal.unpack;

import dev.stretcher.process.ChildProcess;
import dev.stretcher.process.Command;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program of the system for the few things that the JDK cannot do to a file. */
final class Program {
  private Program() {}

  /**
   * Runs a program that acts on {@code target}.
   *
   * @param command the program and its first arguments
   * @param more further ones, which are bytes as file names are; Java would decode and encode its
   *     own, and so they go through xargs(1)
   * @throws FileSystemException if it fails, with what it said
   */
  static void run(Path target, List<String> command, byte[]... more)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("xargs", "-0"));
    arguments.addAll(command);
    List<String> said = new ArrayList<>();
    int status =
        ChildProcess.run(
            Command.of(arguments)
                .withInput(new ByteArrayInputStream(terminated(more)))
                .withOutput(said::add));
    if (status != 0) {
      throw new FileSystemException(
          target.toString(),
          null,
          "%s failed: %s".formatted(command.get(0), String.join("; ", said)));
    }
  }

  private static byte[] terminated(byte[]... arguments) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] argument : arguments) {
      bytes.writeBytes(argument);
      bytes.write(0);
    }
    return bytes.toByteArray();
  }
}
