package dev.stretcher.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.sources.internal.http.HttpFailure;
import dev.stretcher.sources.setting.HttpSettings;
import dev.stretcher.sources.setting.Timeouts;
import dev.stretcher.spi.Content;
import dev.stretcher.spi.FetchRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can go wrong on the way. */
class HttpTransferTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final String SECRETS = "/a?signature=s3cret";

  private final HttpSource source = new HttpSource();
  private final HttpSource impatient =
      new HttpSource(HttpSettings.in(Map.of()).withTimeouts(SHORT, SHORT));

  @AfterEach
  void close() {
    source.close();
    impatient.close();
  }

  @Test
  void aBodyShorterThanItsLengthFails() throws Exception {
    try (RawServer server =
        RawServer.saying("HTTP/1.1 200 OK", "Content-Length: 10", "", "0123456")) {
      assertBreaksOff(server, "0123456", "the transfer broke off after 7 of 10 bytes");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"5\r\n01234", "5\r\n01234\r\n", "5\r\n01234\r\n5\r\n"})
  void aChunkedBodyWithoutItsEndFails(String chunks) throws Exception {
    try (RawServer server =
        RawServer.saying("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "", chunks)) {
      assertBreaksOff(server, "01234", "the transfer broke off after 5 bytes");
    }
  }

  @Test
  void aChunkedBodyWithItsEndIsWhole() throws Exception {
    try (RawServer server =
            RawServer.saying(
                "HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "", "5", "01234", "0", "", "");
        Content content = source.open(server.uri("http", "/a"), all())) {
      assertThat(content.totalLength()).isEmpty();
      assertThat(content.body().readAllBytes()).hasSize(5);
    }
  }

  @Test
  void aServerThatSendsNothingMoreFailsAfterTheReadTimeout() throws Exception {
    try (RawServer server =
            RawServer.stallingAfter("HTTP/1.1 200 OK", "Content-Length: 10", "", "0123");
        Content content = impatient.open(server.uri("http", SECRETS), all())) {
      assertThatThrownBy(() -> content.body().readAllBytes())
          .isExactlyInstanceOf(IOException.class)
          .hasMessage(
              server.uri("http", "/a")
                  + ": nothing came from "
                  + server.uri("http", "").getAuthority()
                  + " for 300ms (after 4 of 10 bytes)");
    }
  }

  @Test
  void aServerThatDoesNotAnswerFailsAfterTheReadTimeout() throws Exception {
    try (RawServer server = RawServer.stallingAfter()) {
      assertThat(failure(impatient, server.uri("http", SECRETS)))
          .hasMessageEndingWith(" for 300ms")
          .hasMessageContaining(": nothing came from 127.0.0.1:");
    }
  }

  @Test
  void aServerThatHangsUpFails() throws Exception {
    try (RawServer server = RawServer.saying("")) {
      assertThat(failure(source, server.uri("http", SECRETS)))
          .hasMessageContaining(": no answer from 127.0.0.1:")
          .hasMessageContaining("the server closed the connection");
    }
  }

  @Test
  void aServerThatSpeaksAnotherProtocolFails() throws Exception {
    try (RawServer server = RawServer.saying("SSH-2.0-OpenSSH_9.2", "", "")) {
      assertThat(failure(source, server.uri("http", SECRETS)))
          .hasMessageContaining(": no answer from 127.0.0.1:");
    }
  }

  @Test
  void aServerWithoutTlsFails() throws Exception {
    try (RawServer server = RawServer.saying("HTTP/1.1 400 Bad Request", "", "")) {
      assertThat(failure(source, server.uri("https", SECRETS)))
          .hasMessageContaining(": no TLS with 127.0.0.1:")
          .hasMessageContaining("check its certificate");
    }
  }

  @Test
  void aPortWithoutServerFails() throws Exception {
    URI uri;
    try (RawServer server = RawServer.saying("")) {
      uri = server.uri("http", SECRETS);
    }
    assertThat(failure(source, uri))
        .hasMessageContaining(": no connection to 127.0.0.1:" + uri.getPort() + ": ")
        .hasMessageContaining("check that it runs");
  }

  @Test
  void aServerThatAcceptsNobodyFailsAfterTheConnectTimeout() throws Exception {
    try (FullServer server = new FullServer()) {
      assertThat(failure(impatient, server.uri()))
          .hasMessageContaining(": no connection to 127.0.0.1:")
          .hasMessageContaining(" within 300ms; check that it is up");
    }
  }

  @Test
  void connectingCanBeInterrupted() throws Exception {
    try (FullServer server = new FullServer()) {
      assertThat(Interrupting.blocked(() -> source.open(server.uri(), all())))
          .isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void waitingForTheAnswerCanBeInterrupted() throws Exception {
    try (RawServer server = RawServer.stallingAfter()) {
      assertThat(
              Interrupting.blocked(
                  () -> {
                    CompletableFuture<Void> asked =
                        CompletableFuture.runAsync(() -> awaitRequest(server));
                    source.open(server.uri("http", "/a"), all());
                    asked.join();
                  }))
          .isInstanceOf(InterruptedException.class);
    }
  }

  private static void awaitRequest(RawServer server) {
    try {
      server.awaitRequest();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aHostWithoutAddressIsNamed() {
    HttpUrl url = HttpUrl.get("https://user:s3cret@host.invalid/a?signature=s3cret");

    assertThat(
            HttpFailure.ofRequest(url, Optional.empty(), timeouts(), new UnknownHostException("?")))
        .hasMessage(
            "https://host.invalid/a: no address for host host.invalid; check it and the DNS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"p@s3cret.invalid/x", "p@s3cret.invalid/x#y", "p@s3cret.invalid/x?y"})
  void aHostThatMayBeAPartOfAPasswordIsNotShown(String password) {
    HttpUrl url = HttpUrl.get("http://user:" + password + "@host/a");

    assertThat(
            HttpFailure.ofRequest(url, Optional.empty(), timeouts(), new UnknownHostException("?")))
        .hasMessageStartingWith("http://***: no address for the host of this URL (in a password")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
  }

  @Test
  void closingTheSourceEndsABlockedRead() throws Exception {
    try (RawServer server =
            RawServer.stallingAfter("HTTP/1.1 200 OK", "Content-Length: 10", "", "0123");
        Content content = source.open(server.uri("http", "/a"), all())) {
      assertThat(content.body().readNBytes(4)).hasSize(4);
      CompletableFuture<Throwable> failed =
          CompletableFuture.supplyAsync(() -> catchThrowable(() -> content.body().read()));

      source.close();

      assertThat(failed.get(20, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
    }
  }

  private void assertBreaksOff(RawServer server, String read, String message) throws Exception {
    try (Content content = source.open(server.uri("http", SECRETS), all())) {
      assertThat(content.body().readNBytes(read.length()))
          .asString(StandardCharsets.US_ASCII)
          .isEqualTo(read);
      assertThatThrownBy(() -> content.body().read())
          .isExactlyInstanceOf(IOException.class)
          .hasMessageStartingWith(server.uri("http", "/a") + ": " + message);
    }
  }

  private static Throwable failure(HttpSource source, URI uri) {
    Throwable failure = catchThrowable(() -> source.open(uri, all()));
    assertThat(failure).isExactlyInstanceOf(IOException.class);
    assertThat(failure.getMessage()).startsWith(uri.getScheme() + "://127.0.0.1");
    assertThat(failure.getMessage()).doesNotContain("s3cret").doesNotContain("\n");
    return failure;
  }

  private static Timeouts timeouts() {
    return new Timeouts(SHORT, SHORT);
  }

  private static FetchRequest all() {
    return FetchRequest.all("test");
  }

  /** Listens, but has no place for another connection. */
  private static final class FullServer implements AutoCloseable {
    private static final int ENOUGH = 20;

    private final ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final List<Socket> waiting = new ArrayList<>();

    FullServer() throws IOException {
      boolean full = false;
      while (!full && waiting.size() < ENOUGH) {
        Socket socket = new Socket();
        waiting.add(socket);
        try {
          socket.connect(listening.getLocalSocketAddress(), 200);
        } catch (SocketTimeoutException e) {
          full = true;
        }
      }
      assumeTrue(full, "this system's queue of connections does not fill up");
    }

    URI uri() {
      return URI.create("http://127.0.0.1:" + listening.getLocalPort() + SECRETS);
    }

    @Override
    public void close() throws IOException {
      for (Socket socket : waiting) {
        socket.close();
      }
      listening.close();
    }
  }
}
