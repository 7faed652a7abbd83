/**
 * Places that archives and manifests are published to, for hosts to fetch from: the plug-in point
 * {@link dev.stretcher.publish.ObjectStore}, and {@link dev.stretcher.publish.Uploads}, which tries
 * again and checks.
 *
 * <pre>{@code
 * try (ObjectStore objects =
 *     ObjectStores.open(URI.create("s3://deploys/shop"), System.getenv(), List.of(), loader)) {
 *   Uploads uploads = new Uploads(objects, Options.DEFAULT, UploadListener.NONE);
 *   ObjectName name = new ObjectName("shop-1.0.tar.gz");
 *   uploads.write(name, ObjectContent.of(archive, "application/gzip"));
 *   System.out.println(objects.url(name));
 * }
 * }</pre>
 */
@NullMarked
package dev.stretcher.publish;

import org.jspecify.annotations.NullMarked;
