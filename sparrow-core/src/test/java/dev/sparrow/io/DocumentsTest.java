package dev.sparrow.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'a: &x 1\nb: *x' | the alias '*x' | 2
          'a: &x {b: 1}\nc:\n  <<: *x' | the alias '*x' | 3
          'a: !!java.net.URL [http://localhost]' | the tag 'tag:yaml.org,2002:java.net.URL' | 1
          'a: !!str 1' | the tag 'tag:yaml.org,2002:str' | 1
          'b: 1\na: !own {c: 2}' | the tag 'own' | 2
          """)
  void whatYamlCannotSayPlainlyIsRefused(String text, String got, int line) throws IOException {
    Path file = write("clever.yaml", text.replace("\\n", "\n"));
    assertThatThrownBy(() -> Documents.read(file, "sweep"))
        .isInstanceOf(BadInput.class)
        .hasMessage("YAML: expected plain keys and values, got %s (%s, line %d)", got, file, line);
  }

  @ParameterizedTest
  @ValueSource(strings = {"deep.yaml", "deep.json"})
  void depthIsLimited(String name) throws IOException {
    Path deep = write(name, "{\"a\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}");
    assertThatThrownBy(() -> Documents.read(deep, "sweep")).isInstanceOf(BadInput.class).hasMessageContaining(deep.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"large.yaml", "large.json"})
  void sizeIsLimited(String name) throws IOException {
    Path large = folder.resolve(name);
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength((64L << 20) + 1); // sparse
    }
    assertThatThrownBy(() -> Documents.read(large, "sweep"))
        .isInstanceOf(BadInput.class)
        .hasMessageMatching("file: expected a (YAML|JSON) file of at most 67108864 bytes, got more \\(.*large.*\\)");
  }

  @Test
  void otherEncodingsAreRefused() throws IOException {
    Path latin = Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xE9});
    assertThatThrownBy(() -> Documents.read(latin, "sweep"))
        .isInstanceOf(BadInput.class)
        .hasMessage("file: expected a YAML file in UTF-8, got other bytes (%s)", latin);
  }
}
