package dev.stretcher.internal.event;

import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.spi.MalformedEventException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads the line of an event, and nothing behind it. */
final class EventLine {
  private EventLine() {}

  static String read(InputStream stdin, Options limits) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = stdin.read(); b >= 0 && b != '\n'; b = stdin.read()) {
      if (line.size() == limits.size(Settings.MAX_EVENT)) {
        throw new MalformedEventException(
            "the line on STDIN has "
                + limits.exceeded(Settings.MAX_EVENT)
                + "; expected the URL of a manifest, not its content");
      }
      line.write(b);
    }
    return utf8(line.toByteArray(), "the line on STDIN");
  }

  static String utf8(byte[] bytes, String where) throws MalformedEventException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedEventException(
          where + " is not UTF-8 text; expected the URL of a manifest, like https://host/app.yml");
    }
  }
}
