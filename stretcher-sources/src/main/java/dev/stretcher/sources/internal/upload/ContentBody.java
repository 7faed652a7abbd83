package dev.stretcher.sources.internal.upload;

import dev.stretcher.publish.ObjectContent;
import java.io.IOException;
import java.io.InputStream;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * A content, from one of its bytes to the end, that is read while it is sent. The library sends it
 * once: whether a second one may follow is for the caller to say.
 */
public final class ContentBody extends RequestBody {
  private final Pieces pieces = new Pieces();
  private final ObjectContent content;
  private final long first;

  public ContentBody(ObjectContent content, long first) {
    this.content = content;
    this.first = first;
  }

  @Override
  public @Nullable MediaType contentType() {
    return MediaType.parse(content.type());
  }

  @Override
  public long contentLength() {
    return content.length() - first;
  }

  @Override
  public boolean isOneShot() {
    return true;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    try (InputStream in = content.open(first)) {
      pieces.send(in, sink);
    }
  }
}
