/** Sparrow: robust, sparse image classifiers on the JVM. The packages below follow one another in dependency direction. */
package dev.sparrow;
