/**
 * The command line: one picocli class per command.
 *
 * <p>Options that set something in a {@link dev.sparrow.config.RunConfig} are rows of one table, RunOption: name, configuration key, range
 * and meaning. Their defaults are read off {@link dev.sparrow.config.RunConfig#DEFAULT}, so that help and behaviour agree.
 */
package dev.sparrow.cli;
