package dev.sparrow.mask;

/** The masks of a network, by parameter name. */
public final class MaskSet {}
