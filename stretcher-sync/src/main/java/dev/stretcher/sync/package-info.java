/**
 * How a staged tree becomes the destination directory: file by file, by rsync, or by one rename.
 *
 * <pre>{@code
 * Syncer syncer = new RsyncSyncer();
 * SyncTarget target =
 *     new SyncTarget(Path.of("/srv/app"), SyncRules.excluding(List.of("*.pid")), 1, log::info);
 * syncer.check(target);
 * log.info(syncer.sync(new StagedTree(staged), target).summary());
 * }</pre>
 *
 * <p>The syncers are found with {@link java.util.ServiceLoader}.
 */
@NullMarked
package dev.stretcher.sync;

import org.jspecify.annotations.NullMarked;
