package dev.stretcher.process;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Our end of a pipe that a child writes to.
 *
 * <p>On Linux it is opened anew through {@code /proc}, because the JDK closes its own end as soon
 * as the child is gone (processes that the child left behind would then die of SIGPIPE), and
 * because closing the channel of a file ends a read from it, which closing the JDK's stream does
 * not.
 *
 * @param stream our end
 * @param channel the same, to read from
 * @param identity what {@code /proc/self/fd} says about the pipe, if it was opened there
 */
record OutputPipe(InputStream stream, ReadableByteChannel channel, Optional<Path> identity)
    implements AutoCloseable {

  /** Opens the pipe at descriptor {@code number} of a child that waits at the gate. */
  static OutputPipe open(long child, int number, InputStream ours) {
    Path descriptor = Path.of("/proc/" + child + "/fd/" + number);
    try {
      Path identity = Files.readSymbolicLink(descriptor);
      FileInputStream stream = new FileInputStream(descriptor.toFile());
      ours.close();
      return new OutputPipe(stream, stream.getChannel(), Optional.of(identity));
    } catch (IOException e) {
      Diagnostics.debug(OutputPipe.class, "no /proc to open the pipe of a child anew", e);
      return new OutputPipe(ours, Channels.newChannel(ours), Optional.empty());
    }
  }

  /** Tells whether {@link #close} ends a read that waits. */
  boolean isInterruptible() {
    return identity.isPresent();
  }

  /** Tells whether there is something to read, as far as that can be known without waiting. */
  boolean isReadable() {
    try {
      return isInterruptible() && stream.available() > 0;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Starts a process that reads the pipe until its last writer is gone, so that a daemon which the
   * child left behind can go on writing after we, or this JVM, have gone.
   */
  void leaveToDrain(SearchPath programs) {
    Optional<String> cat = programs.find("cat");
    if (identity.isEmpty() || cat.isEmpty()) {
      return;
    }
    List<String> arguments = new ArrayList<>();
    programs.find("setsid").ifPresent(arguments::add);
    arguments.add(cat.get());
    try {
      new ProcessBuilder(arguments)
          .directory(Path.of("/").toFile())
          .redirectInput(descriptor(identity.get()).toFile())
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      Diagnostics.debug(OutputPipe.class, "a daemon's output could not be left to cat", e);
    }
  }

  private static Path descriptor(Path identity) throws IOException {
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors) {
        if (refersTo(descriptor, identity)) {
          return descriptor;
        }
      }
    }
    throw new IOException(identity + " is not open any more");
  }

  private static boolean refersTo(Path descriptor, Path identity) {
    try {
      return Files.readSymbolicLink(descriptor).equals(identity);
    } catch (IOException e) {
      // Other threads close theirs meanwhile.
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
