package dev.stretcher.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DestFilesTest {
  @TempDir private Path directory;

  private Path state() {
    return directory.resolve("state/dests");
  }

  private DestFiles dests() {
    return new DestFiles(state(), Clock.systemUTC());
  }

  private Path only() throws IOException {
    try (var files = Files.list(state())) {
      return files.reduce((one, other) -> directory.resolve("more than one")).orElseThrow();
    }
  }

  @Test
  void hasWhatWasAddedAndNothingElse() throws IOException {
    Path latin = NativeText.path(new byte[] {'/', 's', (byte) 0xe9});
    assertThat(dests().has(latin)).isFalse();
    dests().add(latin);
    dests().add(latin);
    assertThat(dests().has(latin)).isTrue();
    assertThat(dests().has(Path.of("/s"))).isFalse();
    assertThat(dests().has(NativeText.path(new byte[] {'/', 's', (byte) 0xe8}))).isFalse();
    assertThat(only()).hasBinaryContent(new byte[] {'/', 's', (byte) 0xe9, '\n'});
  }

  @Test
  void onlyTheOwnerCanReadOrWriteIt() throws IOException {
    dests().add(Path.of("/srv/app"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(only())))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state())))
        .isEqualTo("rwx------");
  }

  @Test
  void halfAFileIsNoneAndIsReplaced() throws IOException {
    dests().add(Path.of("/srv/app"));
    Files.writeString(only(), "/sr");
    assertThat(dests().has(Path.of("/srv/app"))).isFalse();
    Files.writeString(only().resolveSibling(only().getFileName() + ".new"), "left by a kill");
    dests().add(Path.of("/srv/app"));
    assertThat(dests().has(Path.of("/srv/app"))).isTrue();
    assertThat(only()).hasContent("/srv/app");
  }

  @Test
  void aLinkInItsPlaceIsNotFollowed() throws IOException {
    dests().add(Path.of("/srv/app"));
    Path elsewhere = Files.move(only(), directory.resolve("elsewhere"));
    Files.createSymbolicLink(state().resolve(DestFilesTest.name("/srv/app")), elsewhere);
    assertThatThrownBy(() -> dests().has(Path.of("/srv/app"))).hasMessageContaining("not a file");
  }

  private static String name(String dest) {
    return org.apache.commons.codec.digest.DigestUtils.sha256Hex(dest);
  }

  @Test
  void thoseOfManyWhoseDestIsGoneAreForgottenAfterADay() throws IOException {
    Path there = Files.createDirectory(directory.resolve("there"));
    dests().add(there);
    for (int i = 0; i < 1000; i++) {
      String gone = directory.resolve("gone-" + i).toString();
      Files.writeString(state().resolve(name(gone)), gone + "\n");
    }
    Path last = Files.createDirectory(directory.resolve("last"));
    dests().add(last);
    assertThat(state().toFile().list()).hasSize(1002);

    Clock tomorrow = Clock.offset(Clock.systemUTC(), Duration.ofHours(25));
    new DestFiles(state(), tomorrow).add(last);

    assertThat(state().toFile().list()).hasSize(2);
    assertThat(dests().has(there)).isTrue();
  }
}
