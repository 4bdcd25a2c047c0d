/** Native lifetimes, devices, precision, generators and the few awkward libtorch calls. */
package dev.sparrow.tensor;
