package dev.stretcher.sources.internal.http;

import java.io.Closeable;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.Response;

/** A request that was sent, and the answer to it. */
public final class Exchange implements Closeable {
  private final Call call;
  private final Response response;
  private final Consumer<Exchange> whenClosed;

  Exchange(Call call, Response response, Consumer<Exchange> whenClosed) {
    this.call = call;
    this.response = response;
    this.whenClosed = whenClosed;
  }

  public Response response() {
    return response;
  }

  HttpUrl url() {
    return response.request().url();
  }

  /** Ends the exchange, and with it a read that is blocked. May be called by any thread. */
  void cancel() {
    call.cancel();
  }

  /** Releases the connection. Must not be called while the body is being read. */
  @Override
  public void close() {
    whenClosed.accept(this);
    response.close();
  }
}
