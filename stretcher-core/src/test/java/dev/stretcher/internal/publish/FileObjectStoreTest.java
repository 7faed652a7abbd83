package dev.stretcher.internal.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.contract.Tools;
import dev.stretcher.publish.ObjectContent;
import dev.stretcher.publish.ObjectExistsException;
import dev.stretcher.publish.ObjectName;
import dev.stretcher.publish.ObjectStore;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileObjectStoreTest {
  private static final ObjectContent CONTENT =
      ObjectContent.of("abc".getBytes(UTF_8), "text/plain");
  private static final ObjectName NAME = new ObjectName("shop/1.yml");

  @TempDir private Path temporary;

  private ObjectStore open(String address) {
    return new FileObjectStoreProvider().open(URI.create(address), Map.of());
  }

  private ObjectStore store() {
    return open("file:" + temporary);
  }

  @Test
  void aWebServerMayReadWhatWasWritten() throws Exception {
    store().create(NAME, CONTENT);
    assertThat(PosixFilePermissions.toString(mode("shop/1.yml"))).isEqualTo("rw-r--r--");
    assertThat(PosixFilePermissions.toString(mode("shop"))).isEqualTo("rwxr-xr-x");
  }

  private java.util.Set<java.nio.file.attribute.PosixFilePermission> mode(String name)
      throws Exception {
    return Files.getPosixFilePermissions(temporary.resolve(name));
  }

  @Test
  void nothingButTheObjectIsLeft() throws Exception {
    store().create(NAME, CONTENT);
    Path killed = Files.createFile(temporary.resolve("shop/" + UnnamedFile.PREFIX + "old"));
    Files.setLastModifiedTime(killed, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    store().create(new ObjectName("shop/2.yml"), CONTENT);
    try (Stream<Path> left = Files.list(temporary.resolve("shop"))) {
      assertThat(left)
          .extracting(file -> file.getFileName().toString())
          .containsExactlyInAnyOrder("1.yml", "2.yml");
    }
  }

  @Test
  void aLinkBelowTheDirectoryIsNotFollowed() throws Exception {
    Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
    Path base = Files.createDirectory(temporary.resolve("base"));
    Files.createSymbolicLink(base.resolve("shop"), elsewhere);
    Files.createSymbolicLink(base.resolve("link"), elsewhere.resolve("target"));
    ObjectStore store = open("file:" + base);
    assertThatThrownBy(() -> store.create(NAME, CONTENT))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("shop: is a symbolic link");
    assertThatThrownBy(() -> store.create(new ObjectName("link"), CONTENT))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("no regular file");
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void aDirectoryOfThatNameIsNoObject() throws Exception {
    Files.createDirectories(temporary.resolve("shop/1.yml"));
    assertThatThrownBy(() -> store().create(NAME, CONTENT))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("no regular file");
  }

  @Test
  void aFullDiskIsNamedAndNotTriedAgain() throws Exception {
    assumeTrue(
        Tools.isDone("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", temporary.toString()),
        "only root can mount a small disk");
    try {
      ObjectContent large = ObjectContent.of(new byte[1 << 17], "text/plain");
      assertThatThrownBy(() -> store().create(NAME, large))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining(temporary + "/shop/1.yml: No space left");
      assertThat(temporary.resolve("shop")).isEmptyDirectory();
    } finally {
      Tools.isDone("umount", temporary.toString());
    }
  }

  @Test
  void aFileInThePlaceOfADirectoryIsNamed() throws Exception {
    Files.createFile(temporary.resolve("shop"));
    assertThatThrownBy(() -> store().create(NAME, CONTENT))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("/shop: is there and is no directory; remove it");
  }

  @Test
  void theMessageOfANameThatExistsShowsTheFile() throws Exception {
    store().create(NAME, CONTENT);
    assertThatThrownBy(() -> store().create(NAME, CONTENT))
        .isInstanceOf(ObjectExistsException.class)
        .hasMessageContaining(temporary + "/shop/1.yml exists already");
  }

  @Test
  void anAddressKeepsItsEncoding() {
    ObjectStore store = open("file:///srv/a%20b/");
    assertThat(store.url(NAME)).isEqualTo(URI.create("file:/srv/a%20b/shop/1.yml"));
    assertThat(store.name()).isEqualTo("file:/srv/a b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:relative", "file://host/dir", "file:/dir?x", "file:/dir#x"})
  void anAddressThatIsNoDirectoryIsRefused(String address) {
    assertThatThrownBy(() -> open(address))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("file:/srv/deploys/shop");
  }
}
