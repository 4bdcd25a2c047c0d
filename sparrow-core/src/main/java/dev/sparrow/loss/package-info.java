/** Losses as functions of the logits together with their gradient, so that no engine and no autograd is needed to differentiate them. */
package dev.sparrow.loss;
