/** Benchmarks. */
package dev.sparrow.bench;
