/**
 * The manifest, which says what to deploy, and the reader of its YAML form.
 *
 * <pre>{@code
 * byte[] yaml = Files.readAllBytes(Path.of("app.yml"));
 * try {
 *   ManifestReader.Result read = new ManifestReader(System.getenv()).read(yaml);
 *   read.warnings().forEach(System.err::println);
 *   read.manifest().payload().ifPresent(payload -> System.out.println(payload.target().dest()));
 * } catch (ManifestException e) {
 *   e.problems().forEach(System.err::println); // line 2, column 7: dest 'app' must be absolute
 * }
 * }</pre>
 *
 * <p>Depends on {@link dev.stretcher.option}, {@link dev.stretcher.text} and {@link
 * dev.stretcher.yaml} only.
 */
@NullMarked
package dev.stretcher.manifest;

import org.jspecify.annotations.NullMarked;
