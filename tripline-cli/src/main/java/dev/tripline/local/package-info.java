/**
 * Local mode: a Kafka broker and a Schema Registry inside this process, over directories that survive it. Nothing here is
 * for more than one machine, and no service of Tripline is known here.
 */
@NullMarked
package dev.tripline.local;

import org.jspecify.annotations.NullMarked;
