package dev.sparrow.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.Blueprints;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.units.Density;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlacementJournalTest {

  private static final Blueprint RESNET = Blueprints.create(NetworkConfig.DEFAULT, 10, 32, Density.DENSE);

  @TempDir private Path folder;

  /** Levels change halfway, in powers: at 0.2 / 1.5^0.5 = 0.163 and 0.2 * 1.5^0.5 = 0.245. */
  @Test
  void levelsLieAroundTheBeginning() {
    PlacementJournal journal = new PlacementJournal(RESNET, Optional.empty());
    assertThat(journal.level(0.2)).isZero();
    assertThat(journal.level(0.164)).isZero();
    assertThat(journal.level(0.162)).isEqualTo(1);
    assertThat(journal.level(0.244)).isZero();
    assertThat(journal.level(0.246)).isEqualTo(-1);
    assertThat(journal.level(0.2 / 1.5 / 1.5)).isEqualTo(2);
  }

  @Test
  void choicesSurviveInTheFile() {
    Path file = folder.resolve("engine.json");
    PlacementJournal first = new PlacementJournal(RESNET, Optional.of(file));
    first.level(0.5);
    assertThat(first.recall(0)).isEmpty();
    assertThat(file).doesNotExist();
    first.keep(0, Placement.SPARSE);
    first.keep(1, Placement.parse("dense before layer3.0.bn1", RESNET));
    PlacementJournal again = new PlacementJournal(RESNET, Optional.of(file));
    assertThat(again.level(0.5 / 1.5)).isEqualTo(1);
    assertThat(again.recall(0)).contains(Placement.SPARSE);
    assertThat(again.recall(1).orElseThrow().label()).isEqualTo("dense before layer3.0.bn1");
    assertThat(again.recall(2)).isEmpty();
  }

  @Test
  void refusesPlacementsOfOtherNetworks() throws IOException {
    Path file = Files.writeString(folder.resolve("engine.json"), "{\"beginning\": 0.2, \"placements\": {\"0\": \"dense before features.3\"}}");
    assertThatThrownBy(() -> new PlacementJournal(RESNET, Optional.of(file)).recall(0))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith("placement: expected one of [sparse, dense before layer1.0.bn1, ")
        .hasMessageEndingWith(", got dense before features.3 (resnet18)");
  }
}
