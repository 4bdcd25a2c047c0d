/** Immutable run configuration, JSON, canonical hash. No natives. */
package dev.sparrow.config;
