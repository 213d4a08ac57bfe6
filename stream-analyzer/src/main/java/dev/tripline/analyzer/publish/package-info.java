/**
 * Publishes what people decide: rules and their activation.
 * Nothing is judged here.
 */
@NullMarked
package dev.tripline.analyzer.publish;

import org.jspecify.annotations.NullMarked;
