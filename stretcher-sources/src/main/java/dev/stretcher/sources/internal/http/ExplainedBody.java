package dev.stretcher.sources.internal.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body whose library may miss a class only when it is read or closed. */
final class ExplainedBody extends FilterInputStream {
  ExplainedBody(InputStream body) {
    super(body);
  }

  @Override
  public int read() throws IOException {
    try {
      return in.read();
    } catch (LinkageError e) {
      throw HttpLibrary.explained(e);
    }
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      return in.read(bytes, offset, length);
    } catch (LinkageError e) {
      throw HttpLibrary.explained(e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      in.close();
    } catch (LinkageError e) {
      throw HttpLibrary.explained(e);
    }
  }
}
