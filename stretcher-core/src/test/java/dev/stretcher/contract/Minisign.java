package dev.stretcher.contract;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The real minisign, with a key pair of its own. */
public final class Minisign {
  private final Path directory;

  private Minisign(Path directory) {
    this.directory = directory;
  }

  /** Makes a key pair in {@code directory}; ends the test if there is no minisign. */
  public static Minisign in(Path directory) throws IOException, InterruptedException {
    Tools.require("minisign");
    Minisign minisign = new Minisign(directory);
    minisign.run("-G", "-W", "-f");
    return minisign;
  }

  /** Returns the public key, as a configuration has it. */
  public String publicKey() throws IOException {
    return Files.readAllLines(directory.resolve("minisign.pub")).get(1);
  }

  /** Signs a file; returns its signature, which lies beside it. */
  public Path sign(Path file, String... flags) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("-S", "-m", file.toString()));
    arguments.addAll(List.of(flags));
    run(arguments.toArray(String[]::new));
    return Path.of(file + ".minisig");
  }

  /** Verifies a file with the signature beside it; fails if minisign refuses. */
  public void verify(Path file) throws IOException, InterruptedException {
    run("-V", "-m", file.toString());
  }

  private void run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("minisign"));
    command.addAll(List.of(arguments));
    command.addAll(
        List.of(
            "-p",
            directory.resolve("minisign.pub").toString(),
            "-s",
            directory.resolve("minisign.key").toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + said);
    }
  }
}
