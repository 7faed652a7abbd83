/** Tests of the exclude patterns, first of all against the real rsync. */
package dev.stretcher.sync.internal.filter;
