package dev.stretcher.benchmarks.fetch;

import dev.stretcher.internal.transfer.Download;
import dev.stretcher.internal.transfer.FetchSink;
import dev.stretcher.internal.transfer.RetryPolicy;
import dev.stretcher.internal.transfer.Transfer;
import dev.stretcher.internal.transfer.TransferListener;
import dev.stretcher.internal.transfer.TransferSettings;
import dev.stretcher.spi.Source;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import java.util.concurrent.TimeoutException;

/**
 * Fetches an object into a file, as a deploy does, but without its digest, which curl does not
 * compute either; prints the milliseconds that it took without the start of the JVM.
 */
public final class FetchOnce implements FetchSink, TransferListener {
  private final FileChannel file;

  private FetchOnce(FileChannel file) {
    this.file = file;
  }

  /**
   * Runs it.
   *
   * @param args the URL, the number of connections, and the file
   */
  public static void main(String[] args)
      throws IOException, InterruptedException, TimeoutException {
    Path path = Path.of(args[2]);
    Files.deleteIfExists(path);
    long start = System.nanoTime();
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      new FetchOnce(file).fetch(URI.create(args[0]), Integer.parseInt(args[1]));
    }
    System.out.println(Duration.ofNanos(System.nanoTime() - start).toMillis());
  }

  private void fetch(URI uri, int connections)
      throws IOException, InterruptedException, TimeoutException {
    TransferSettings settings =
        new TransferSettings(
            "Stretcher/benchmark",
            new RetryPolicy(3, Duration.ofSeconds(1), new SplittableRandom(1)),
            OptionalLong.empty(),
            connections,
            Optional.of(Duration.ofSeconds(30)),
            OptionalLong.empty());
    new Download(new Transfer(source(uri), uri, settings, this), Optional.empty()).run(this);
  }

  private static Source source(URI uri) {
    return ServiceLoader.load(Source.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(source -> source.schemes().contains(uri.getScheme()))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void begin(Optional<Path> local, OptionalLong length) throws IOException {
    file.truncate(0);
  }

  @Override
  public void write(ByteBuffer chunk) throws IOException {
    while (chunk.hasRemaining()) {
      file.write(chunk);
    }
  }

  @Override
  public void opening() {
    // Nothing to say.
  }

  @Override
  public void retrying(IOException cause, int attempt, Duration wait) {
    System.err.println("retrying: " + cause.getMessage());
  }
}
