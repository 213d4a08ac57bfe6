/**
 * What an operator can set for the issue sink, read from one YAML file. Plain data; no tracker is made here and no secret
 * is ever printed.
 */
@NullMarked
package dev.tripline.sink.config;

import org.jspecify.annotations.NullMarked;
