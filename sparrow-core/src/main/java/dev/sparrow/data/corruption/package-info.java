/**
 * The fifteen corruptions of CIFAR-10-C, made as they are needed (Hendrycks and Dietterich, 2019, "Benchmarking Neural Network
 * Robustness to Common Corruptions and Perturbations"). Plain Java, safe for many threads.
 */
package dev.sparrow.data.corruption;
