/** The agent's configuration: what an operator writes, and what is wrong with it. Nothing is started here. */
@NullMarked
package dev.tripline.agent.config;

import org.jspecify.annotations.NullMarked;
