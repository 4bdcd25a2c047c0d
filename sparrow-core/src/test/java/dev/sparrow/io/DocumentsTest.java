package dev.sparrow.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentsTest {

  @TempDir Path folder;

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void yamlAndJsonAreTheSameTree() throws IOException {
    Path yaml = write("a.YML", "a: {b: [1, 0.5], c: true}\nd: text\n");
    Path json = write("a.json", "{\"a\": {\"b\": [1, 0.5], \"c\": true}, \"d\": \"text\"}");
    assertThat(Documents.read(yaml, "file")).isEqualTo(Documents.read(json, "file"));
    assertThat(Documents.isYaml(yaml)).isTrue();
    assertThat(Documents.isYaml(json)).isFalse();
    assertThat(Documents.read(write("empty.yaml", "# nothing yet\n"), "file")).isEmpty();
  }

  @Test
  void faultsNameTheFile() throws IOException {
    assertThatThrownBy(() -> Documents.read(folder.resolve("none.yaml"), "sweep"))
        .isInstanceOf(BadInput.class)
        .hasMessage("file: expected a YAML file, got nothing (%s)", folder.resolve("none.yaml"));
    Path list = write("list.yaml", "- 1\n");
    assertThatThrownBy(() -> Documents.read(list, "sweep")).hasMessage("sweep: expected keys and values, got array (%s)", list);
    Path twice = write("twice.yaml", "a: 1\na: 2\n");
    assertThatThrownBy(() -> Documents.read(twice, "sweep"))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith("YAML: expected well-formed text, got Duplicate field 'a'")
        .hasMessageEndingWith("(" + twice + ")");
    Path two = write("two.yaml", "a: 1\n---\nb: 2\n");
    assertThatThrownBy(() -> Documents.read(two, "sweep")).hasMessageStartingWith("YAML: expected well-formed text, got ");
    Path nested = write("nested.yaml", "a:\n  b: 1\n  b: 2\n");
    assertThatThrownBy(() -> Documents.read(nested, "sweep")).hasMessageContaining("Duplicate field 'b'");
  }
}
