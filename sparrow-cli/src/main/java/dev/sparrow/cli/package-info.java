/**
 * The command line: one picocli class per command.
 *
 * <p>Options that set something in a {@link dev.sparrow.config.RunConfig} are rows of one table, RunOption: name, configuration key, range
 * and meaning. Their defaults are read off {@link dev.sparrow.config.RunConfig#DEFAULT}, so that help and behaviour agree.
 *
 * <p>Every command that is a SettingsCommand takes a settings file without doing anything for it. ProgramLine parses the command line,
 * SettingsReader the file, and CommandWords puts both together into the words that are parsed in their place. Only what the file says of a
 * run's configuration takes another way, through Settings to RunOptions, since it lies below options but above a run's own. A command with
 * such options is Configured. PrintedSettings is the way back.
 */
package dev.sparrow.cli;
