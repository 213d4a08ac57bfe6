/**
 * Reads rules files.
 * The only place that knows their YAML.
 */
@NullMarked
package dev.tripline.analyzer.rules;

import org.jspecify.annotations.NullMarked;
