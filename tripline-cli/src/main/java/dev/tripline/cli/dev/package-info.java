/**
 * Local mode: broker, registry and services in one process over one folder. What the services do is none of its
 * business.
 */
@NullMarked
package dev.tripline.cli.dev;

import org.jspecify.annotations.NullMarked;
