/** From a file of weights to logits in plain Java: no libtorch, no natives. */
package dev.sparrow.inference;
