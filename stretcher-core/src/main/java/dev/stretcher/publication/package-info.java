/**
 * The whole way from a directory to what a fleet should have.
 *
 * <pre>{@code
 * AppName shop = new AppName("shop");
 * Fleet fleet = Fleet.over(store);
 * Optional<DesiredState> before = fleet.desired(shop);
 * Publication publication =
 *     Publication.of(shop, Path.of("build/shop"), ManifestTemplate.read(Path.of("deploy.yml")), objects);
 * try (Prepared prepared = publication.prepare(before)) {
 *   System.out.println(prepared.forecast().fetch());
 *   prepared.upload();
 *   prepared.rollout(fleet, "ci", RolloutRules.NONE);
 * }
 * }</pre>
 */
@NullMarked
package dev.stretcher.publication;

import org.jspecify.annotations.NullMarked;
