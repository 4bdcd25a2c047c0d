package dev.sparrow.cli;

import dev.sparrow.BadInput;
import dev.sparrow.config.ConfigSources;
import dev.sparrow.config.Nearest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.ParseResult;

/**
 * Reads what settings files and {@code --set} say to a command. The keys are those of a run's configuration and, for every command, those
 * of its section. What is meant for other commands is checked and left alone.
 */
final class SettingsReader {

  private final ParseResult typed;
  private final SettingsSection own;
  private final List<SettingsSection> sections;
  private final Set<String> configuration = ConfigSources.keys();
  private final ConfigSources checked = ConfigSources.defaults();

  /**
   * A reader.
   *
   * @param typed the command that is called, with its options
   */
  SettingsReader(ParseResult typed) {
    this.typed = typed;
    own = SettingsSection.of(typed.commandSpec());
    sections = SettingsSection.all(typed.commandSpec().root());
  }

  /**
   * Reads everything that is said to the command.
   *
   * @param sources the file and the assignments
   * @return what it says
   * @throws BadInput if the file is missing or malformed, a key is unknown, or a value is of the wrong kind
   */
  Settings read(ConfigOptions sources) {
    return new Settings(sources.file().map(this::file).orElseGet(SettingsLayer::new), assignments(sources.settings()));
  }

  private SettingsLayer file(Path file) {
    SettingsLayer layer = new SettingsLayer();
    boolean all = ((SettingsCommand) own.command().userObject()).sharesSettings();
    SettingValue.ofFile(file).stream().filter(value -> all || own.below(value.key()).isPresent()).forEach(value -> add(value, layer));
    typed.matchedArgs().stream().map(SettableOption::new).forEach(layer::remove);
    return layer;
  }

  /** An assignment is meant for this command, so it has to change something. */
  private SettingsLayer assignments(List<String> assignments) {
    SettingsLayer layer = new SettingsLayer();
    for (String assignment : assignments) {
      SettingsLayer single = new SettingsLayer();
      SettingValue.ofAssignment(assignment).forEach(value -> add(value, single));
      if (single.isEmpty()) {
        throw BadInput.usage("--set", "a key that " + own.command().qualifiedName() + " looks at", "'" + assignment + "'");
      }
      layer.addAll(single);
    }
    return layer;
  }

  private void add(SettingValue value, SettingsLayer layer) {
    if (configuration.contains(value.key())) {
      value.applyTo(checked);
      if (own.isConfigured()) {
        layer.share(value);
      }
      return;
    }
    SettingsSection section = named(value.key()).findFirst().orElseThrow(() -> unknown(value));
    add(section, value, section.command() == own.command() ? layer : new SettingsLayer());
  }

  private void add(SettingsSection section, SettingValue value, SettingsLayer layer) {
    String key = section.below(value.key()).orElseThrow();
    Optional<SettableOption> option = Optional.ofNullable(section.options().get(key));
    if (option.isPresent()) {
      option.get().texts(value); // of the right kind, or an error now
      layer.put(option.get(), value);
    } else if (section.isConfigured() && configuration.contains(key)) {
      value.as(key).applyTo(checked);
      layer.configure(value.as(key));
    } else if (section.isCommandLineOnly(key)) {
      throw BadInput.data(value.key(), "to be on the command line alone", value.value(), value.where());
    } else {
      throw unknown(value);
    }
  }

  /** The section that a key is in, if any. */
  private Stream<SettingsSection> named(String key) {
    return sections.stream().filter(section -> section.below(key).isPresent());
  }

  private BadInput unknown(SettingValue value) {
    List<String> known = sections.stream().flatMap(SettingsSection::keys).toList();
    Stream<String> all = Stream.concat(configuration.stream(), known.stream());
    Optional<String> part = all.filter(key -> key.startsWith(value.key() + ".")).findFirst();
    if (part.isPresent()) {
      return BadInput.data(value.key(), "keys such as '" + part.get() + "'", value.value(), value.where());
    }
    List<String> likely = Stream.concat(configuration.stream(), named(value.key()).flatMap(SettingsSection::keys)).toList();
    String nearest = "a known one, perhaps '" + Nearest.key(value.key(), likely, known) + "'";
    return BadInput.data("configuration key", nearest, "'" + value.key() + "'", value.where());
  }
}
