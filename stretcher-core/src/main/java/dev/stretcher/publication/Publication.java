package dev.stretcher.publication;

import dev.stretcher.file.Provisional;
import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.DesiredState;
import dev.stretcher.internal.decompress.Decompressors;
import dev.stretcher.manifest.Digest;
import dev.stretcher.manifest.ManifestException;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.pack.PackFilter;
import dev.stretcher.publish.ObjectStore;
import dev.stretcher.sign.SecretKey;
import dev.stretcher.text.Problem;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A version of an app on its way to a fleet: it is packed, its manifest is made and signed, both
 * are uploaded, and then it is desired. Whoever is killed on this way has changed nothing that a
 * host sees, and does it again. Immutable.
 *
 * @param app the app
 * @param source a directory, or an archive that is ready: {@code .tar.gz}, {@code .tgz}, {@code
 *     .tar.zst}
 * @param template the manifest without the archive
 * @param objects where to upload; below {@code APP/}
 * @param id what this version is called; empty for the time and the beginning of the archive's
 *     digest
 * @param key signs the manifest and what is desired
 * @param env variables that the manifest gets for its commands
 * @param forGo whether hosts with the Go original have to read it
 * @param filter what of the directory is left out
 * @param options limits and retries
 * @param environment the variables that the template sees here
 * @param listener hears how far it is
 * @param clock tells the time of signatures and IDs
 */
public record Publication(
    AppName app,
    Path source,
    ManifestTemplate template,
    ObjectStore objects,
    Optional<String> id,
    Optional<SecretKey> key,
    Map<String, String> env,
    boolean forGo,
    PackFilter filter,
    Options options,
    Map<String, String> environment,
    PublicationListener listener,
    Clock clock) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final int DIGITS = 8;

  /**
   * Refuses an ID that is no name.
   *
   * @throws IllegalArgumentException if it is none
   */
  public Publication {
    id.ifPresent(DesiredState::requireId);
    env = Map.copyOf(env);
    environment = Map.copyOf(environment);
  }

  /** Returns a publication with nothing but what is needed. */
  public static Publication of(
      AppName app, Path source, ManifestTemplate template, ObjectStore objects) {
    return new Publication(
        app,
        source,
        template,
        objects,
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        false,
        PackFilter.NONE,
        Options.DEFAULT,
        Map.of(),
        PublicationListener.SILENT,
        Clock.systemUTC());
  }

  /** Returns it with what this version is called. */
  public Publication withId(String newId) {
    return new Publication(
        app,
        source,
        template,
        objects,
        Optional.of(newId),
        key,
        env,
        forGo,
        filter,
        options,
        environment,
        listener,
        clock);
  }

  /** Returns it with a key that signs. */
  public Publication signedBy(SecretKey newKey) {
    return new Publication(
        app,
        source,
        template,
        objects,
        id,
        Optional.of(newKey),
        env,
        forGo,
        filter,
        options,
        environment,
        listener,
        clock);
  }

  /**
   * Packs, makes the manifest, and looks what would change; uploads nothing.
   *
   * @param before what is desired now
   * @return what can be uploaded; the caller closes it
   * @throws ManifestException if the template is no manifest; with places in the template
   * @throws UnpublishableException if something else is wrong with it or with the source
   * @throws IOException if the source cannot be packed
   * @throws InterruptedException if the thread was interrupted
   */
  public Prepared prepare(Optional<DesiredState> before)
      throws ManifestException, IOException, InterruptedException {
    requireForGo();
    // A template that is wrong is told before anything is packed.
    filled(Digest.parse("0".repeat(64)), Optional.empty(), URI.create("file:/archive"), "0");
    try (Provisional<SourceArchive> archive =
        Provisional.of(
            SourceArchive.of(
                source,
                filter,
                new Decompressors(options.get(Settings.DECOMPRESSOR), environment),
                options,
                listener))) {
      Prepared prepared = prepared(archive.get(), before);
      archive.keep();
      return prepared;
    }
  }

  private void requireForGo() throws ManifestException {
    List<Problem> problems = forGo ? template.problemsForGo(environment, options) : List.of();
    if (!problems.isEmpty()) {
      throw new ManifestException(problems);
    }
  }

  private Prepared prepared(SourceArchive archive, Optional<DesiredState> before)
      throws ManifestException, IOException, InterruptedException {
    ObjectNames names = new ObjectNames(app);
    String called = id.orElseGet(() -> generated(archive.checksum()));
    URI src = objects.url(names.archive(archive.checksum(), archive.suffix()));
    String text = filled(archive.checksum(), archive.toc().map(each -> each.digest()), src, called);
    URI manifest =
        URI.create(objects.url(names.manifest(called)) + "#sha256=" + DigestUtils.sha256Hex(text));
    Forecast forecast = new EarlierVersion(objects, names, options).forecast(before, archive);
    return new Prepared(
        this,
        names,
        archive,
        called,
        text.getBytes(StandardCharsets.UTF_8),
        manifest,
        before,
        forecast,
        template.warnings(environment, options));
  }

  private String generated(Digest checksum) {
    return TIME.format(clock.instant()) + "-" + checksum.hex().substring(0, DIGITS);
  }

  private String filled(Digest checksum, Optional<Digest> toc, URI src, String called)
      throws ManifestException, UnpublishableException {
    String written = forGo ? checksum.hex() : checksum.toString();
    return template.filled(
        new ManifestTemplate.Filling(src, written, toc, called, env), environment, options);
  }
}
