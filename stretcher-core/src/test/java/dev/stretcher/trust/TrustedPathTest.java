package dev.stretcher.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.contract.Tools;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who could change a file, or have its name lead elsewhere. */
@Timeout(20)
class TrustedPathTest {
  private static final int NOBODY = 65534;
  private static final int WITHOUT_NAME = 47110815;

  @TempDir Path directory;
  private Path upper;
  private Path lower;
  private Path file;

  @BeforeEach
  void makeAFileInTwoDirectories() throws IOException {
    directory = directory.toRealPath();
    upper = make(directory.resolve("upper"));
    lower = make(upper.resolve("lower"));
    file = write(lower.resolve("file"));
  }

  private static Path make(Path path) throws IOException {
    return mode(0755, Files.createDirectory(path));
  }

  private static Path write(Path path) throws IOException {
    return mode(0644, Files.writeString(path, "text"));
  }

  private static Path mode(int mode, Path path) throws IOException {
    return Files.setAttribute(path, "unix:mode", mode);
  }

  private static Path give(int user, Path path) throws IOException {
    assumeTrue(OwnUser.uid() == 0, "only root can give files away");
    return Files.setAttribute(path, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
  }

  private static void assertTrusted(Path path) {
    assertThatCode(() -> TrustedPath.require(path)).doesNotThrowAnyException();
    assertThatCode(() -> TrustedFile.read(path, 100)).doesNotThrowAnyException();
  }

  /** Both ways to ask must give the same answer, which names what is wrong. */
  private static void assertRefused(Path path, String... said) {
    assertThatThrownBy(() -> TrustedPath.require(path))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessageContainingAll(said);
    assertThatThrownBy(() -> TrustedFile.read(path, 100))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessageContainingAll(said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"600", "640", "644", "444", "755"})
  void aFileThatOnlyItsOwnerMayWriteToIsTrusted(String mode) throws Exception {
    mode(Integer.parseInt(mode, 8), file);
    assertTrusted(file);
  }

  @ParameterizedTest
  @CsvSource({
    "660, group",
    "664, group",
    "620, group",
    "646, everyone",
    "666, everyone",
    "602, everyone"
  })
  void aFileThatOthersMayWriteToIsRefused(String mode, String who) throws Exception {
    mode(Integer.parseInt(mode, 8), file);
    assertRefused(file, file + ": " + who, "(mode 0" + mode + ")", "chmod go-w " + file);
  }

  @Test
  void aFileThatAnAclLetsSomeoneWriteToIsRefused() throws Exception {
    Tools.require("setfacl");
    mode(0600, file);
    Process acl = new ProcessBuilder("setfacl", "-m", "u:" + NOBODY + ":rw", file + "").start();
    assumeTrue(acl.waitFor() == 0, "this file system has ACLs");
    assertRefused(file, "or whom an ACL names, may write to it", "chmod go-w " + file);
    mode(0640, file);
    assertTrusted(file);
  }

  @Test
  void aFileOfRootOrOfThisUserIsTrusted() throws Exception {
    TrustedPath.require(Path.of("/etc/passwd"));
    assertTrusted(file);
  }

  @Test
  void aFileOfAnotherUserIsRefused() throws Exception {
    give(NOBODY, file);
    assertRefused(file, "belongs to nobody (uid 65534)", "chown root " + file);
    give(WITHOUT_NAME, file);
    assertRefused(file, "belongs to uid 47110815, who");
  }

  @ParameterizedTest
  @ValueSource(strings = {"700", "711", "755", "1777", "1775", "3777"})
  void aDirectoryInWhichOthersCannotReplaceOurFilesIsTrusted(String mode) throws Exception {
    mode(Integer.parseInt(mode, 8), lower);
    assertTrusted(file);
    mode(0755, lower);
    mode(Integer.parseInt(mode, 8), upper);
    assertTrusted(file);
  }

  @ParameterizedTest
  @CsvSource({"775, group", "2775, group", "777, everyone", "757, everyone", "733, everyone"})
  void aDirectoryInWhichOthersCanReplaceFilesIsRefused(String mode, String who) throws Exception {
    mode(Integer.parseInt(mode, 8), upper);
    assertRefused(file, file + ": " + upper + ": " + who, "replace what", "chmod go-w " + upper);
    mode(0755, upper);
    mode(Integer.parseInt(mode, 8), lower);
    assertRefused(file, file + ": " + lower + ": " + who, "replace what", "chmod go-w " + lower);
  }

  @Test
  void aDirectoryOfAnotherUserIsRefused() throws Exception {
    give(NOBODY, upper);
    assertRefused(file, upper + ": this directory belongs to nobody", "chown root " + upper);
    mode(01777, upper);
    assertRefused(file, upper + ": this directory belongs to nobody");
  }

  @Test
  void aStickyDirectoryDoesNotMakeUpForWhatLiesInIt() throws Exception {
    mode(01777, upper);
    Path others = give(NOBODY, write(upper.resolve("others")));
    Path link = give(NOBODY, Files.createSymbolicLink(upper.resolve("link"), file));
    assertRefused(others, "belongs to nobody");
    assertRefused(link, link + ": this link belongs to nobody", "chown -h root " + link);
    assertTrusted(file);
  }

  @Test
  void ourLinksAreFollowedToWhatIsTrusted() throws Exception {
    Path link = Files.createSymbolicLink(upper.resolve("link"), Path.of("lower/file"));
    Path chain = Files.createSymbolicLink(directory.resolve("chain"), link);
    Path through = Files.createSymbolicLink(directory.resolve("through"), upper);
    assertTrusted(link);
    assertTrusted(chain);
    assertTrusted(through.resolve("lower/file"));
    mode(0664, file);
    assertRefused(chain, chain + ": " + file + ": group", "chmod go-w " + file);
    mode(0644, file);
    mode(0777, lower);
    assertRefused(chain, lower + ": everyone", "chmod go-w " + lower);
  }

  @Test
  void aDirectoryThatHoldsALinkCountsAsMuchAsThatOfTheFile() throws Exception {
    Path open = make(directory.resolve("open"));
    Path link = Files.createSymbolicLink(open.resolve("link"), file);
    mode(0777, open);
    assertRefused(link, open + ": everyone");
  }

  @Test
  void aLinkOfAnotherUserIsRefusedWhereverItIsOnTheWay() throws Exception {
    Path through = Files.createSymbolicLink(directory.resolve("through"), upper);
    Path first = Files.createSymbolicLink(directory.resolve("first"), through);
    give(NOBODY, through);
    assertRefused(through.resolve("lower/file"), "link belongs to nobody", "-h root " + through);
    assertRefused(first.resolve("lower/file"), "link belongs to nobody", "-h root " + through);
  }

  @Test
  void twoDotsLeadToTheDirectoryAboveTheRealOne() throws Exception {
    Path other = make(make(directory.resolve("other")).resolve("deep"));
    Path link = Files.createSymbolicLink(lower.resolve("link"), other);
    Path named = link.resolve("../file");
    mode(0666, write(directory.resolve("other/file")));
    assertRefused(named, named + ": " + directory.resolve("other/file") + ": everyone");
    assertTrusted(lower.resolve("../lower/./file"));
    mode(0777, other);
    assertRefused(named, other + ": everyone");
    assertTrusted(Path.of("/../../").resolve(file));
  }

  @Test
  void aLinkThatLeadsNowhereIsNotTakenForAFileThatIsNotThere() throws Exception {
    Path link = Files.createSymbolicLink(upper.resolve("link"), Path.of("gone/../lower/file"));
    Path loop = Files.createSymbolicLink(upper.resolve("loop"), Path.of("loop"));
    assertRefused(link, link + ": this link leads to gone/../lower/file, which does not exist");
    assertRefused(loop, "in a circle");
    assertRefused(file.resolve("below"), file + ": it is a file, expected a directory");
  }

  @Test
  void whatDoesNotExistIsFineWhereNoOneElseCanMakeIt() throws Exception {
    TrustedPath.require(lower.resolve("new/ly"));
    mode(0777, upper);
    assertThatThrownBy(() -> TrustedPath.require(lower.resolve("new/ly")))
        .hasMessageContaining(upper + ": everyone");
  }

  @Test
  void whatIsNeitherFileNorDirectoryIsRefusedWithoutOpeningIt() throws Exception {
    Path pipe = lower.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", "-m", "600", pipe + "").start().waitFor()).isZero();
    assertRefused(pipe, "it is a named pipe, expected a file");
    assertRefused(Files.createSymbolicLink(upper.resolve("link"), pipe), "it is a named pipe");
    assertRefused(Path.of("/dev/null"), "it is a device");
    assertRefused(Path.of("/dev/zero"), "it is a device");
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(lower.resolve("socket")));
      assertRefused(lower.resolve("socket"), "it is a socket");
    }
  }

  @Test
  void anOpenPipeIsRefused() throws Exception {
    Pipe pipe = Pipe.open();
    try (WritableByteChannel sink = pipe.sink();
        ReadableByteChannel source = pipe.source();
        Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      Path descriptor = open.filter(TrustedPathTest::isPipe).findFirst().orElseThrow();
      assertThat(sink.isOpen() && source.isOpen()).isTrue();
      assertRefused(descriptor, "something without a name, such as a pipe", "use a file");
    }
  }

  private static boolean isPipe(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("pipe:");
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void ourUserIsThatOfTheProcessAndNotThatOfAName() throws Exception {
    Process id = new ProcessBuilder("id", "-u").start();
    String uid = new String(id.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(OwnUser.uid()).isEqualTo(Integer.parseInt(uid.strip()));
  }
}
