package dev.stretcher.sources.internal.s3;

import dev.stretcher.sources.internal.upload.Pieces;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpRequest;

/** A body that the AWS SDK makes, read while it is sent, once. */
final class SdkBody extends RequestBody {
  private final Pieces pieces = new Pieces();
  private final SdkHttpRequest head;
  private final ContentStreamProvider content;

  SdkBody(SdkHttpRequest head, ContentStreamProvider content) {
    this.head = head;
    this.content = content;
  }

  @Override
  public @Nullable MediaType contentType() {
    return head.firstMatchingHeader("Content-Type").map(MediaType::parse).orElse(null);
  }

  @Override
  public long contentLength() {
    return head.firstMatchingHeader("Content-Length").map(Long::parseLong).orElse(-1L);
  }

  @Override
  public boolean isOneShot() {
    return true;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    try (InputStream in = content.newStream()) {
      pieces.send(in, sink);
    } catch (UncheckedIOException e) {
      // The SDK's interface has no other way to say that a content cannot be opened.
      throw e.getCause();
    }
  }
}
