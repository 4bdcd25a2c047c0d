package dev.sparrow.data.download;

import dev.sparrow.BadInput;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The path of an archive's entry, taken apart; nothing that could lead out of a folder on any system is accepted. */
final class EntryName {

  private EntryName() {}

  /**
   * Where an entry goes.
   *
   * @param name as stored, with slashes
   * @param top the folder that every entry must be in
   * @param target what stands for that folder
   * @param archive for error messages
   * @return the target or a path inside it
   */
  static Path resolve(String name, String top, Path target, Path archive) {
    List<String> parts = Arrays.stream(name.split("/")).filter(part -> !part.isEmpty() && !part.equals(".")).toList();
    boolean hostile = name.startsWith("/") || name.chars().anyMatch(EntryName::isHostile) || parts.contains("..");
    if (hostile || parts.isEmpty() || !parts.get(0).equals(top)) {
      throw BadInput.data("archive entry", "a path inside '" + top + "'", "'" + printable(name) + "'", archive);
    }
    Path resolved = target;
    for (String part : parts.subList(1, parts.size())) {
      resolved = resolved.resolve(part);
    }
    return resolved;
  }

  /** Windows takes a backslash for a separator, a colon for a drive or a stream, and the others not at all. */
  private static boolean isHostile(int character) {
    return "\\:<>\"|?*".indexOf(character) >= 0 || Character.isISOControl(character);
  }

  private static String printable(String name) {
    return name.replaceAll("\\p{Cntrl}", "?");
  }
}
