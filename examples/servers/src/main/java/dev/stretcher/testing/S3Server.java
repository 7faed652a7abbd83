package dev.stretcher.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * S3Proxy in a process of its own, since its 150 libraries have nothing to do with ours. Its
 * buckets are directories. Thread-safe.
 */
public final class S3Server implements AutoCloseable {
  private final Process process;
  private final URI endpoint;

  private S3Server(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  /**
   * Starts one that checks signatures.
   *
   * @param directory where the buckets are
   * @param accessKey the access key ID that requests must be signed with
   * @param secretKey its secret
   */
  public static S3Server start(Path directory, String accessKey, String secretKey)
      throws IOException {
    return start(List.of(directory.toString(), accessKey, secretKey));
  }

  /**
   * Starts one that serves everybody.
   *
   * @param directory where the buckets are
   */
  public static S3Server startOpen(Path directory) throws IOException {
    return start(List.of(directory.toString()));
  }

  private static S3Server start(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-cp", classPath(), S3ProxyMain.class.getName()));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try {
      return new S3Server(process, URI.create("http://127.0.0.1:" + port(process)));
    } catch (IOException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static int port(Process process) throws IOException {
    @Nullable String line = process.inputReader(StandardCharsets.UTF_8).readLine();
    if (line == null) {
      throw new IOException("S3Proxy did not start; run " + S3ProxyMain.class + " by hand");
    }
    return Integer.parseInt(line);
  }

  private static String classPath() throws IOException {
    try (InputStream libraries = S3Server.class.getResourceAsStream("classpath.txt")) {
      if (libraries == null) {
        throw new IOException("classpath.txt is missing; build examples/servers with Maven");
      }
      URI own = S3Server.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      return Path.of(own) + ":" + new String(libraries.readAllBytes(), StandardCharsets.UTF_8);
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  /** Returns where it listens. */
  public URI endpoint() {
    return endpoint;
  }

  /** Stops it. */
  @Override
  public void close() {
    // It ends with its STDIN, so also with us.
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      process.destroy();
    }
  }
}
