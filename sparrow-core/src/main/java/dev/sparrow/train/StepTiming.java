package dev.sparrow.train;

import java.util.OptionalLong;

/**
 * How fast training steps were.
 *
 * @param imagesPerSecond median over the repetitions of a whole step
 * @param attackStepSeconds median time of one attack step (forward pass, input gradient, projection); 0 without an attack
 * @param trainStepSeconds median time of the rest: forward pass, parameter gradients, optimizer, masks
 * @param peakRssBytes largest resident memory of the process; empty where the system does not tell
 * @param precision {@code fp32} or {@code bf16}
 * @param layout {@code channels-last} or {@code channels-first}
 * @param threads libtorch's threads
 * @param engine {@code dense}
 */
public record StepTiming(
    double imagesPerSecond,
    double attackStepSeconds,
    double trainStepSeconds,
    OptionalLong peakRssBytes,
    String precision,
    String layout,
    int threads,
    String engine) {}
