/** Benchmarks of the sparse engine's inner loops, in their package because nobody else sees them. */
package dev.sparrow.kernel;
