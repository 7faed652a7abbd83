package dev.stretcher.sources.internal.consul;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import okhttp3.HttpUrl;

/** Keys as parts of URLs. */
final class ConsulKeys {
  private ConsulKeys() {}

  /**
   * Returns the URL of a key, or of a prefix.
   *
   * @throws IllegalArgumentException if a URL cannot have it
   */
  static HttpUrl.Builder url(ConsulClient client, String key) {
    if (key.startsWith("/")) {
      throw new IllegalArgumentException("key " + key + " begins with a slash; leave it out");
    }
    List<String> parts = new ArrayList<>();
    for (String part : key.split("/", -1)) {
      if (part.equals(".") || part.equals("..")) {
        throw new IllegalArgumentException("key " + key + " has a part " + part);
      }
      // OkHttp would take a backslash for a slash.
      parts.add(URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"));
    }
    return client.resource("kv").addEncodedPathSegments(String.join("/", parts));
  }
}
