/**
 * Threat models, attacks, and the runner that checks whatever an attack returns. Attacks see a network through the engine seam alone:
 * forward passes and input gradients, whatever computes them.
 */
package dev.sparrow.attack;
