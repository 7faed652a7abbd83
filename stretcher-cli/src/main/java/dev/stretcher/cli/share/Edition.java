package dev.stretcher.cli.share;

/**
 * What a page is of.
 *
 * @param version of the program
 * @param date such as {@code 2026-01-31}
 */
record Edition(String version, String date) {}
