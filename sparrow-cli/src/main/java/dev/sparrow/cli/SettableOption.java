package dev.sparrow.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.BadInput;
import dev.sparrow.config.ValueKind;
import dev.sparrow.io.Json;
import java.lang.reflect.AnnotatedElement;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * An option or a parameter as a settings file knows it.
 *
 * @param arg as picocli knows it
 */
record SettableOption(ArgSpec arg) {

  private static final Pattern HYPHEN = Pattern.compile("-(.)");

  /** What it is called on the command line, for example {@code --save-dir} or {@code RUN}. */
  String name() {
    return arg instanceof OptionSpec option ? option.longestName() : arg.paramLabel();
  }

  /** What it is called in its command's section, for example {@code saveDir} or {@code run}. */
  String key() {
    return arg.isOption()
        ? HYPHEN.matcher(name().substring(2)).replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT))
        : name().toLowerCase(Locale.ROOT);
  }

  /** What it says, if others of its command say it in another way. */
  Optional<String> choice() {
    return arg.userObject() instanceof AnnotatedElement field
        ? Optional.ofNullable(field.getAnnotation(Alternative.class)).map(Alternative::value)
        : Optional.empty();
  }

  /** Its texts on the command line. */
  List<String> typed() {
    return kind() == ValueKind.SWITCH ? value().stream().map(JsonNode::asText).toList() : arg.originalStringValues();
  }

  /**
   * The texts that a setting stands for, as if they were typed.
   *
   * @param setting its value in a file or in {@code --set}
   * @return one or, of a list, several; none for what is the default anyhow
   * @throws BadInput if the value is of the wrong kind
   */
  List<String> texts(SettingValue setting) {
    if (setting.isEmpty()) {
      return List.of();
    }
    List<String> texts =
        elements(setting).map(value -> kind().read(setting.key(), value, setting.typed(), setting.where()).asText()).toList();
    if (texts.isEmpty()) {
      throw BadInput.data(setting.key(), "one value or more", setting.value(), setting.where());
    }
    return String.join(",", texts).equals(arg.defaultValue()) ? List.of() : texts;
  }

  private Stream<JsonNode> elements(SettingValue setting) {
    JsonNode value = setting.value();
    if (arg.isMultiValue() && value.isArray()) {
      return StreamSupport.stream(value.spliterator(), false);
    }
    boolean several = !arg.splitRegex().isEmpty() && setting.typed() && value.isTextual();
    return several ? Stream.of(value.asText().split(arg.splitRegex())).map(Json::tree) : Stream.of(value);
  }

  /**
   * The words of a command line that give it texts.
   *
   * @param texts its texts; of a switch {@code true} or {@code false}
   * @return no word if there is no text, or for a switch that is off already
   */
  List<String> words(List<String> texts) {
    if (!(arg instanceof OptionSpec option)) {
      return texts;
    }
    if (kind() == ValueKind.SWITCH) {
      return texts.stream().flatMap(text -> switchWord(option, text.equals("true")).stream()).toList();
    }
    boolean joined = !arg.splitRegex().isEmpty() && !texts.isEmpty();
    return (joined ? Stream.of(String.join(",", texts)) : texts.stream()).map(text -> name() + "=" + text).toList();
  }

  private Optional<String> switchWord(OptionSpec option, boolean on) {
    String off = "--no-" + name().substring(2);
    return on ? Optional.of(name()) : Optional.of(off).filter(negated -> option.negatable());
  }

  /** Its value after parsing, as a file would hold it; empty if it has none. */
  Optional<JsonNode> value() {
    Object value = arg.getValue();
    if (value instanceof Collection<?> several) {
      return several.isEmpty() ? Optional.empty() : Optional.of(Json.tree(several.stream().map(SettableOption::scalar).toList()));
    }
    return (value instanceof Optional<?> optional ? optional : Optional.ofNullable(value)).map(one -> Json.tree(scalar(one)));
  }

  private static Object scalar(Object value) {
    return value instanceof Number || value instanceof Boolean ? value : value.toString();
  }

  private ValueKind kind() {
    Class<?> type = arg.auxiliaryTypes()[0];
    if (type == boolean.class || type == Boolean.class) {
      return ValueKind.SWITCH;
    }
    if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
      return ValueKind.WHOLE;
    }
    return type == double.class || type == Double.class ? ValueKind.NUMBER : ValueKind.TEXT;
  }
}
