/** Networks as data: operations, shapes, parameter names. No natives. */
package dev.sparrow.arch;
