package dev.sparrow.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.BadInput;
import dev.sparrow.units.Density;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {

  record Inner(Density density) {}

  record Sample(
      String name, int count, double ratio, Optional<String> note, OptionalInt limit, List<Inner> inners) {}

  private static final Sample SAMPLE =
      new Sample("a", 2, 2e-3, Optional.empty(), OptionalInt.of(3), List.of(new Inner(new Density(0.5)), new Inner(new Density(1))));

  private static final String LINE = "{\"name\":\"a\",\"count\":2,\"ratio\":0.002,\"limit\":3,\"inners\":[{\"density\":0.5},{\"density\":1.0}]}";

  @Test
  void writesInOrderOfDeclarationWithoutEmptyValuesAndReadsBack() {
    assertThat(Json.line(SAMPLE)).isEqualTo(LINE);
    assertThat(Json.parse(LINE, Sample.class, "test")).isEqualTo(SAMPLE);
    assertThat(Json.bind(Json.tree(SAMPLE), Sample.class, "test")).isEqualTo(SAMPLE);
  }

  @Test
  void numbersHaveTheShortestDigitsOnEveryJdk() {
    // Before JDK 19, Double.toString wrote this one with a digit too many: 5.6843418860808015E-14.
    assertThat(Json.line(Math.scalb(1.0, -44))).isEqualTo("5.684341886080802E-14");
    assertThat(Json.line(0.1 + 0.2)).isEqualTo("0.30000000000000004");
  }

  @Test
  void prettyIsIndentedByTwoBlanksWithFinalLineBreak() {
    assertThat(Json.pretty(Map.of("a", List.of(1, 2)))).isEqualTo("{\n  \"a\": [1, 2]\n}\n");
    assertThat(Json.pretty(Map.of())).isEqualTo("{}\n");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "{\"name\":\"a\",\"name\":\"b\"}       | JSON: expected one well-formed value, got Duplicate field 'name' (test, line 1)",
    "{} {}                                 | JSON: expected one well-formed value, got something after the end (test, line 1)",
    "``                                    | JSON: expected one well-formed value, got an empty text (test, line 1)",
  })
  void strictness(String text, String message) {
    assertThatThrownBy(() -> Json.parse(text, Sample.class, "test")).isInstanceOf(BadInput.class).hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"count\":2', '\"count\":\"2\"'",
    "'\"count\":2', '\"count\":2.5'",
    "'\"count\":2', '\"count\":null'",
    "'\"name\":\"a\"', '\"name\":5'"
  })
  void wrongKindsAreOneLine(String correct, String wrong) {
    assertThat(LINE).contains(correct);
    assertThatThrownBy(() -> Json.parse(LINE.replace(correct, wrong), Sample.class, "test"))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("expected a value of Sample, got ")
        .hasMessageEndingWith("(test)")
        .hasMessageNotContaining("\n");
  }

  @Test
  void unknownKeysListTheKnownOnes() {
    assertThatThrownBy(() -> Json.parse(LINE.replace("limit", "limits"), Sample.class, "test"))
        .isInstanceOf(BadInput.class)
        .hasMessage("key: expected one of count, inners, limit, name, note, ratio, got 'limits' (test)");
  }

  @ParameterizedTest
  @CsvSource({"'\"count\":2,', count", "'\"ratio\":0.002,', ratio", "'\"name\":\"a\",', name"})
  void missingValuesAreNamed(String text, String key) {
    assertThat(LINE).contains(text);
    assertThatThrownBy(() -> Json.parse(LINE.replace(text, ""), Sample.class, "test"))
        .hasMessage(key + ": expected a value of Sample, got nothing (test)");
  }

  @Test
  void rangeErrorsKeepTheirMessageAndNameThePlace() {
    assertThatThrownBy(() -> Json.parse(LINE.replace("0.5", "1.5"), Sample.class, "test"))
        .isInstanceOf(BadInput.class)
        .hasMessage("density: expected a number in (0, 1], got 1.5 (test, inners[0].density)");
  }

  @Test
  void missingFile() {
    Path file = Path.of("no", "such", "file.json");
    assertThatThrownBy(() -> Json.read(file, JsonNode.class)).hasMessage("file: expected a JSON file, got nothing (%s)", file);
  }
}
