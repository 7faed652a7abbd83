/**
 * Where manifests and archives come from: local files, HTTP and HTTPS.
 *
 * <pre>{@code
 * try (Source source = new HttpSource();
 *     Content content =
 *         source.open(URI.create("https://example.com/app.tar.gz"), FetchRequest.all("Example/1"))) {
 *   content.body().transferTo(out);
 * }
 * }</pre>
 *
 * <p>The sources are found with {@link java.util.ServiceLoader}; an embedder that wants other
 * time-outs gives its own {@link dev.stretcher.sources.HttpSource} to the builder.
 */
@NullMarked
package dev.stretcher.sources;

import org.jspecify.annotations.NullMarked;
