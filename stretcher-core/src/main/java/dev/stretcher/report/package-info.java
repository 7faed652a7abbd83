/** What listeners get while a deploy runs, the log, and the errors in which a deploy ends. */
@NullMarked
package dev.stretcher.report;

import org.jspecify.annotations.NullMarked;
