package dev.stretcher.publication;

import dev.stretcher.fleet.DesiredState;
import dev.stretcher.fleet.Fleet;
import dev.stretcher.fleet.MalformedValueException;
import dev.stretcher.fleet.PublishedMeanwhileException;
import dev.stretcher.fleet.RolloutRequest;
import dev.stretcher.fleet.RolloutRules;
import dev.stretcher.internal.toc.Toc;
import dev.stretcher.publish.ObjectContent;
import dev.stretcher.publish.Uploads;
import dev.stretcher.text.Problem;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A version that is ready to be uploaded. Used by one thread at a time; closing it removes what was
 * packed for it.
 */
public final class Prepared implements AutoCloseable {
  private static final String YAML = "application/yaml";

  private final Publication publication;
  private final ObjectNames names;
  private final SourceArchive archive;
  private final String id;
  private final byte[] text;
  private final URI manifest;
  private final Optional<DesiredState> before;
  private final Forecast forecast;
  private final List<Problem> warnings;

  Prepared(
      Publication publication,
      ObjectNames names,
      SourceArchive archive,
      String id,
      byte[] text,
      URI manifest,
      Optional<DesiredState> before,
      Forecast forecast,
      List<Problem> warnings) {
    this.publication = publication;
    this.names = names;
    this.archive = archive;
    this.id = id;
    this.text = text;
    this.manifest = manifest;
    this.before = before;
    this.forecast = forecast;
    this.warnings = List.copyOf(warnings);
  }

  /** Returns what this version is called. */
  public String id() {
    return id;
  }

  /** Returns the manifest's URL, with {@code #sha256=} and its digest. */
  public URI manifest() {
    return manifest;
  }

  /** Returns the text of the manifest. */
  public String text() {
    return new String(text, StandardCharsets.UTF_8);
  }

  /** Returns what is odd in the template, such as keys that nobody knows, with the places. */
  public List<Problem> warnings() {
    return warnings;
  }

  /** Returns what would change. */
  public Forecast forecast() {
    return forecast;
  }

  /**
   * Uploads the archive, its table of contents, the signature and, last, the manifest. What is
   * there already with the same content stays.
   *
   * @throws dev.stretcher.publish.ObjectExistsException if something else has one of these names
   * @throws dev.stretcher.publish.ReadBackException if something else arrived than was sent
   * @throws IOException if it failed; the same call may be made again
   * @throws InterruptedException if the thread was interrupted
   */
  public void upload() throws IOException, InterruptedException {
    Uploads uploads =
        new Uploads(publication.objects(), publication.options(), publication.listener());
    uploads.write(names.archive(archive.checksum(), archive.suffix()), archive.content());
    if (archive
        .toc()
        .filter(toc -> toc.bytes().remaining() <= EarlierVersion.LONGEST_TOC)
        .isPresent()) {
      upload(uploads, archive.toc().get());
    }
    if (publication.key().isPresent()) {
      new SignedManifest(publication, publication.key().get())
          .upload(uploads, names.signature(id), text, id + ObjectNames.MANIFEST);
    }
    uploads.write(names.manifest(id), ObjectContent.of(text, YAML));
  }

  /** Hosts find it in the archive: this one is for the forecast of the next version. */
  private void upload(Uploads uploads, Toc toc) throws IOException, InterruptedException {
    byte[] bytes = new byte[toc.bytes().remaining()];
    toc.bytes().get(bytes);
    uploads.write(names.toc(toc.digest()), ObjectContent.of(bytes, "application/octet-stream"));
  }

  /**
   * Makes the version desired, on condition that nothing else was desired since this began. If it
   * is desired already, since an earlier run came this far, nothing changes.
   *
   * @param by who does this
   * @return what is desired now
   * @throws PublishedMeanwhileException if somebody else was faster; the message says who
   * @throws MalformedValueException if the key has something that is no desired state
   * @throws IOException if the store cannot be asked; it may be desired now
   * @throws InterruptedException if the thread was interrupted
   */
  public DesiredState rollout(Fleet fleet, String by, RolloutRules rules)
      throws PublishedMeanwhileException,
          MalformedValueException,
          IOException,
          InterruptedException {
    if (isDesired(rules) && fleet.desired(publication.app()).equals(before)) {
      return before.orElseThrow();
    }
    RolloutRequest request = new RolloutRequest(publication.app(), manifest, id, by).with(rules);
    if (publication.key().isPresent()) {
      request =
          request.signedBy(
              signed ->
                  publication
                      .key()
                      .get()
                      .sign(signed, publication.app() + ".desired", publication.clock().instant()));
    }
    return fleet.rollout(request, before);
  }

  private boolean isDesired(RolloutRules rules) {
    return before
        .filter(state -> state.manifest().equals(manifest) && state.id().equals(id))
        .filter(state -> state.rules().equals(rules))
        .filter(state -> publication.key().isEmpty() || state.signature().isPresent())
        .isPresent();
  }

  /** Removes what was packed for this. */
  @Override
  public void close() throws IOException {
    archive.close();
  }
}
