/**
 * HTTP servers that strangers on the same machine, and pages in its browser, cannot hold up or read. What is answered stands
 * elsewhere.
 */
@NullMarked
package dev.tripline.service.http;

import org.jspecify.annotations.NullMarked;
