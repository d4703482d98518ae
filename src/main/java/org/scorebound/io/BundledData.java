package org.scorebound.io;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The real data sets that come with the program, by name; their sources are in {@code
 * org/scorebound/data/README.md} beside them.
 */
public final class BundledData {

  private static final List<String> NAMES = List.of("old-faithful", "iris", "digits-8x8");

  private BundledData() {}

  /** The names of the data sets. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * The data set of that name, or else the CSV file at that path.
   *
   * @throws InputException if it is neither, naming the nearest data set
   */
  public static CsvTable resolve(String nameOrFile) {
    if (NAMES.contains(nameOrFile)) {
      return load(nameOrFile);
    }
    Path file = Path.of(nameOrFile);
    if (!Files.exists(file)) {
      throw new InputException(
          nameOrFile
              + ": no such file, and no bundled data set of that name"
              + Nearest.clause(nameOrFile, NAMES));
    }
    return CsvTable.read(file);
  }

  private static CsvTable load(String name) {
    String resource = "/org/scorebound/data/" + name + ".csv";
    InputStream stream = BundledData.class.getResourceAsStream(resource);
    if (stream == null) {
      throw new IllegalStateException("resource " + resource + " is missing from this build");
    }
    return CsvTable.parse(TextFiles.read(stream, name), name);
  }
}
