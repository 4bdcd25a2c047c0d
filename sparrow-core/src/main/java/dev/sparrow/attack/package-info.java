/** Threat models and attacks. */
package dev.sparrow.attack;
