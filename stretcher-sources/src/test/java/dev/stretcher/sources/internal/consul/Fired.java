package dev.stretcher.sources.internal.consul;

import java.io.IOException;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Events as {@code consul event -name=NAME PAYLOAD} fires them. */
final class Fired {
  private Fired() {}

  static void event(int port, String name, String payload) throws IOException {
    String url = "http://127.0.0.1:" + port + "/v1/event/fire/" + name;
    Request request = new Request.Builder().url(url).put(RequestBody.create(payload, null)).build();
    try (Response response = new OkHttpClient().newCall(request).execute()) {
      if (response.code() != 200) {
        throw new IOException(response.body().string());
      }
    }
  }
}
