package dev.sparrow.cli;

import dev.sparrow.data.download.ArchiveExtractor;
import dev.sparrow.data.download.DatasetInstaller;
import dev.sparrow.data.download.DownloadableDataset;
import dev.sparrow.data.download.Downloader;
import dev.sparrow.data.download.PublishedArchive;
import dev.sparrow.units.Labelled;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fetches data sets. */
@Command(
    name = "download",
    description = {
      "Downloads a data set, checks it and unpacks it. What is there already is not fetched again,",
      "and an interrupted download is continued."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparrow data download cifar10",
      "  sparrow data download tinyimagenet --to data --mirror https://mirror.example.org/sets/"
    })
final class DataDownload extends ResultCommand {

  private static final long MEBIBYTE = 1 << 20;

  @Parameters(paramLabel = "NAME", completionCandidates = Names.class, description = "One of ${COMPLETION-CANDIDATES}")
  private String name;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "Where the archive and the data set's own folder go (a folder; default: ${DEFAULT-VALUE})")
  private Path folder;

  @Option(
      names = "--mirror",
      paramLabel = "URL",
      description =
          "Another place that has the archive; size and checksum stay the publisher's (an http or https address of a folder; default: none)")
  private Optional<URI> mirror = Optional.empty();

  /** What a shell completes. */
  static final class Names extends ArrayList<String> {

    private static final long serialVersionUID = 1L;

    /** Called by picocli. */
    Names() {
      super(Arrays.stream(DownloadableDataset.values()).map(Labelled::label).toList());
    }
  }

  @Override
  public Integer call() throws IOException {
    DownloadableDataset dataset = Labelled.parse(DownloadableDataset.class, "data set", name);
    PublishedArchive archive = mirror.map(dataset.archive()::at).orElse(dataset.archive());
    try (ProgressDisplay display = ProgressDisplay.on(err())) {
      display.line("downloading " + archive.address());
      DatasetInstaller installer = new DatasetInstaller(new Downloader(), new ArchiveExtractor());
      Path installed =
          installer.install(
              archive, folder, (bytes, total) -> display.progress("downloading, MiB", bytes / MEBIBYTE, total / MEBIBYTE, ""));
      display.close();
      print(Map.of("dataset", dataset.label(), "folder", installed.toString()),
          () -> Texts.format("%1$s is in %2$s%nnext  ./sparrow train --dataset %1$s --data %2$s", dataset.label(), installed));
    }
    return ExitCode.OK;
  }
}
