package dev.sparrow.attack;

import org.bytedeco.pytorch.Tensor;

/**
 * What became of an attack's images when they were looked at again.
 *
 * @param broken [N] bool: within the threat model and misclassified
 * @param maxPerturbation largest distance of any image within the threat model from its clean one, in the threat model's norm
 */
public record Verdict(Tensor broken, double maxPerturbation) {}
