/**
 * GitHub's REST API as an issue tracker: the only place with HTTP and JSON. Nothing is decided here, and no call is
 * repeated.
 *
 * @see <a href="https://docs.github.com/en/rest/issues/issues?apiVersion=2022-11-28">GitHub REST API: issues</a>
 */
@NullMarked
package dev.tripline.sink.tracker.github;

import org.jspecify.annotations.NullMarked;
