/** What serves http and https, and the client that all sources over HTTP share. */
@NullMarked
package dev.stretcher.sources.internal.http;

import org.jspecify.annotations.NullMarked;
