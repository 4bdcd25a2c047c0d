package dev.sparrow.train;

import java.util.OptionalLong;

/**
 * How fast training steps were.
 *
 * @param imagesPerSecond median over the repetitions of a whole step
 * @param attackStepSeconds median time of one attack step (forward pass, input gradient, projection); 0 without an attack
 * @param trainStepSeconds median time of the rest: forward pass, parameter gradients, optimizer, masks
 * @param peakRssBytes largest resident memory of the process so far, whatever else it has run; empty where the system does not tell
 * @param precision {@code fp32} or {@code bf16}
 * @param layout of libtorch's activations, {@code channels-last} or {@code channels-first}
 * @param threads threads of the computation
 * @param engine {@code auto}, {@code dense} or {@code sparse}
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
