/** What an agent says of its apps: their status and their log, and how the store gets them. */
@NullMarked
package dev.stretcher.internal.status;

import org.jspecify.annotations.NullMarked;
