/** Tests of the tree syncer, first of all against the real rsync. */
package dev.stretcher.sync.internal.tree;
