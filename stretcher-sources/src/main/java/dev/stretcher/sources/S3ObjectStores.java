package dev.stretcher.sources;

import dev.stretcher.publish.ObjectStore;
import dev.stretcher.publish.ObjectStoreProvider;
import dev.stretcher.sources.internal.http.HttpLibrary;
import dev.stretcher.sources.internal.s3.PartSizes;
import dev.stretcher.sources.internal.s3.S3ObjectStore;
import dev.stretcher.sources.internal.upload.Tries;
import dev.stretcher.sources.setting.HttpSettings;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Opens buckets of Amazon S3 and of what speaks its protocol: {@code s3://bucket/prefix}.
 *
 * <ul>
 *   <li>Credentials, region and endpoint are those of {@link S3Source}.
 *   <li>Before it writes, the store asks whether the key is free, and the upload says {@code
 *       If-None-Match: *}. A server that does not know that (501) is asked without it.
 *   <li>A content of more than 64 MiB is sent in parts; if it fails, the parts are removed. Those
 *       of a killed program are left to a <a
 *       href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpu-abort-incomplete-mpu-lifecycle-config.html">rule
 *       of the bucket</a>.
 *   <li>SHA-256 checksums of what is sent are sent with it, and the one of the whole is kept in the
 *       metadata of the object as {@code sha256}.
 * </ul>
 *
 * <p>It needs the artifact {@code s3} of {@code software.amazon.awssdk}. Thread-safe.
 */
public final class S3ObjectStores implements ObjectStoreProvider {
  private final Optional<HttpSettings> settings;

  /** Creates a provider with the default settings, in the environment that it is asked with. */
  public S3ObjectStores() {
    this.settings = Optional.empty();
  }

  /** Creates a provider with other settings, and their environment. */
  public S3ObjectStores(HttpSettings settings) {
    this.settings = Optional.of(settings);
  }

  @Override
  public Set<String> schemes() {
    return Set.of("s3");
  }

  @Override
  public ObjectStore open(URI address, Map<String, String> environment) throws IOException {
    try {
      return new S3ObjectStore(
          address,
          settings.orElseGet(() -> HttpSettings.in(environment)),
          PartSizes.STANDARD,
          Tries.STANDARD);
    } catch (LinkageError e) {
      if (e instanceof NoClassDefFoundError && !HttpLibrary.isBehind(e)) {
        throw new IllegalStateException(
            "s3 needs the AWS SDK, of which "
                + e.getMessage()
                + " is missing; add software.amazon.awssdk:s3 to the class path",
            e);
      }
      throw HttpLibrary.explained(e);
    }
  }
}
