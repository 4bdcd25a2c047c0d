/** Programs that use the library, one per file; {@code examples/README.md} says how to run them. */
package dev.sparrow.examples;
