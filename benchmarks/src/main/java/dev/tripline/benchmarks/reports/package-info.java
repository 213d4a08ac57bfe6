/** Reading reports beside what any reader of them must do. Knows no Kafka. */
@NullMarked
package dev.tripline.benchmarks.reports;

import org.jspecify.annotations.NullMarked;
