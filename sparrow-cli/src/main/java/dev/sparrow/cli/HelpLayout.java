package dev.sparrow.cli;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** How help looks: options in the order of their groups, and examples on unbroken lines, to be copied. */
final class HelpLayout {

  private static final int OPTION_COLUMN = 34;

  private HelpLayout() {}

  /**
   * Lays out the help of a command and its sub-commands.
   *
   * @param commandLine changed
   */
  static void apply(CommandLine commandLine) {
    commandLine.setUsageHelpAutoWidth(true).setUsageHelpLongOptionsMaxWidth(OPTION_COLUMN);
    commandLine.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_FOOTER, help -> unbroken(help.commandSpec().usageMessage().footer()));
    commandLine.getCommandSpec().usageMessage().sortOptions(false).abbreviateSynopsis(true);
    commandLine.getSubcommands().values().forEach(HelpLayout::apply);
  }

  private static String unbroken(String[] lines) {
    return Stream.of(lines).map(line -> line + System.lineSeparator()).collect(Collectors.joining());
  }
}
