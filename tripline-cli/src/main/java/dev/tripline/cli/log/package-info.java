/** What of the libraries' logs an operator is shown. Knows loggers and their words, nothing of Tripline. */
@NullMarked
package dev.tripline.cli.log;

import org.jspecify.annotations.NullMarked;
