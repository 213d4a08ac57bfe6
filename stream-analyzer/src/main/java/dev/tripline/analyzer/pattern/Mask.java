package dev.tripline.analyzer.pattern;

/**
 * One part of a message that varies between failures of the same cause and is left out of the template.
 *
 * @param start offset of the first masked character in the original message, in UTF-16 units from 0
 * @param end offset behind the last masked character; greater than {@code start}
 * @param kind short name of what it was taken for, such as {@code uuid}
 * @param reason why it was masked, in words for people
 */
public record Mask(int start, int end, String kind, String reason) {}
