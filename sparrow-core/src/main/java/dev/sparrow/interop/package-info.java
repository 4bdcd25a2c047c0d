/** Networks as files for others. */
package dev.sparrow.interop;
