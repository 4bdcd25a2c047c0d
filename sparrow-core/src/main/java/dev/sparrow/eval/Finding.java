package dev.sparrow.eval;

/**
 * A flag with what raised it.
 *
 * @param flag the flag
 * @param detail what was seen, in a few words
 */
public record Finding(Flag flag, String detail) {}
