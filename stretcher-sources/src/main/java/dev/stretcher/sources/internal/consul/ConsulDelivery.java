package dev.stretcher.sources.internal.consul;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;

/**
 * Reads an answer to its end, in a thread of the client: neither a socket that connects nor one
 * that is read heeds interrupts.
 */
record ConsulDelivery(CompletableFuture<ConsulAnswer> answer) implements Callback {
  /** The statuses and logs of thousands of hosts have less. */
  private static final long LONGEST = 64L << 20;

  @Override
  public void onResponse(Call call, Response response) {
    try (response) {
      answer.complete(
          new ConsulAnswer(response.code(), response.headers(), read(response.body().source())));
    } catch (IOException e) {
      answer.completeExceptionally(e);
    }
  }

  private static byte[] read(BufferedSource source) throws IOException {
    Buffer body = new Buffer();
    while (source.read(body, LONGEST) >= 0) {
      if (body.size() > LONGEST) {
        throw new IOException("the answer has more than " + LONGEST + " bytes");
      }
    }
    return body.readByteArray();
  }

  @Override
  public void onFailure(Call call, IOException e) {
    answer.completeExceptionally(e);
  }
}
