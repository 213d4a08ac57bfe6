/**
 * Health and metrics over HTTP, for supervisors and Prometheus. The one place of the services that serves HTTP; knows no
 * particular service.
 */
@NullMarked
package dev.tripline.service.health;

import org.jspecify.annotations.NullMarked;
