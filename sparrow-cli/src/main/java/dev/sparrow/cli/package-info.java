/** The command line: one class per command. */
package dev.sparrow.cli;
