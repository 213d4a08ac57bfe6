package dev.tripline.analyzer.agent;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that was expected did not come, or comes again.
 *
 * @param environment environment that is watched from there
 * @param agent agent that should have sent it; empty if it is about all agents of a location
 * @param probe probe that is stuck; null if it is about the agent, or the location
 * @param location where the agent stands
 * @param dueAt when it was due, by the broker's clock
 * @param isAgentAlive whether heartbeats of the agent come
 * @param isOver whether it comes again
 */
public record Silence(
        String environment,
        String agent,
        @Nullable String probe,
        String location,
        Instant dueAt,
        boolean isAgentAlive,
        boolean isOver) {}
