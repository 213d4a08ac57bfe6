/**
 * What the services tell each other: generated records, the topic catalogue, keys, and serdes in Confluent's wire format.
 * No decision is made here and no service is known here.
 */
@NullMarked
package dev.tripline.events;

import org.jspecify.annotations.NullMarked;
