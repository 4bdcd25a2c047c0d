package dev.sparrow.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs in documents are those that the tests run. */
class DocumentedProgramsTest {

  @ParameterizedTest
  @ValueSource(strings = {"MomentumPgd", "MovementPlan"})
  void standInExtending(String program) {
    assertThat(Documents.javaBlocks("docs/extending.md")).contains(Documents.lines(Documents.source(program)));
  }

  @Test
  void theRecipeStandsInExtending() {
    List<String> all = Documents.lines(Documents.source("MySparsityMethod"));
    int begin = all.indexOf("  static SparsityMethod create(RunConfig config, Blueprint blueprint, long iterationsPerEpoch) {");
    List<String> recipe = all.subList(begin, all.size() - 1).stream().map(line -> line.substring(2)).toList();
    assertThat(Documents.javaBlocks("docs/extending.md")).contains(recipe);
  }

  @Test
  void theOrderOfScopesStandsInMemory() {
    List<String> order = Documents.between(Documents.source("Predict"), "// memory.md: begin", "// memory.md: end");
    assertThat(Documents.javaBlocks("docs/memory.md")).contains(order);
  }

  @Test
  void everyCommandStartsAProgram() {
    List<String> commands = Documents.lines("examples/README.md").stream().filter(line -> line.startsWith("java ")).toList();
    assertThat(commands).hasSizeGreaterThan(4);
    for (String command : commands) {
      String program = command.replaceFirst(".* (dev\\.sparrow\\.\\S+).*", "$1");
      assertThat(command).contains(" @examples/java.args dev.sparrow.examples.");
      assertThatCode(() -> Class.forName(program).getMethod("main", String[].class)).doesNotThrowAnyException();
    }
  }
}
