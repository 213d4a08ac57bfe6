/**
 * Readers of test reports: files in, what they report out, one at a time. What is published, and where to, is not known here.
 */
@NullMarked
package dev.tripline.agent.report;

import org.jspecify.annotations.NullMarked;
