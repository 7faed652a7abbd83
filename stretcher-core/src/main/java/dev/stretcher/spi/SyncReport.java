package dev.stretcher.spi;

/**
 * What a sync did.
 *
 * @param summary one line for the log
 */
public record SyncReport(String summary) {}
