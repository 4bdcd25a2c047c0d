package dev.sparrow.attack;

import dev.sparrow.units.Epsilon;
import dev.sparrow.units.Norm;

/**
 * What an attacker may do: change an image by at most {@code eps} in {@code norm}, staying in [0, 1].
 *
 * @param norm the norm
 * @param eps the radius
 */
public record ThreatModel(Norm norm, Epsilon eps) {}
