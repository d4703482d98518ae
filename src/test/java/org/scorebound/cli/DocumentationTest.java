package org.scorebound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the pages name is there: links and anchors, files, commands and their options. */
class DocumentationTest {

  private static final Path TOP = Path.of("..").toAbsolutePath().normalize();

  private static final Pattern FENCE = Pattern.compile("(?ms)^```.*?^```");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*?) *$");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");
  private static final Pattern NAMED_FILE =
      Pattern.compile("(?<![\\w/.-])(?:docs|reports|src|benchmarks|cluster)/[\\w./-]*[\\w/]");
  private static final Pattern COMMAND =
      Pattern.compile("\\./scorebound ([a-z0-9]+)((?:[^`\\n\\\\|]|\\\\\\n)*)");
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z0-9-]*");

  /** Those of sbatch, spark-submit, java and of our scripts beside the program. */
  private static final Set<String> OF_OTHERS =
      Set.of(
          "--add-exports",
          "--add-modules",
          "--array",
          "--class",
          "--cpus-per-task",
          "--enable-native-access",
          "--jars",
          "--requeue",
          "--slice-start",
          "--start",
          "--sun-misc-unsafe-memory-access",
          "--tests");

  private final Map<String, Set<String>> options = new HashMap<>();

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    for (String folder : new String[] {"", "docs", "reports"}) {
      try (Stream<Path> files = Files.list(TOP.resolve(folder))) {
        files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
      }
    }
    return pages;
  }

  @Test
  void linksLeadSomewhere() throws IOException {
    assertThat(pages()).hasSizeGreaterThan(10);
    for (Path page : pages()) {
      assertThat(broken(page)).as(TOP.relativize(page) + ": links").isEmpty();
    }
  }

  @Test
  void brokenLinksAndAnchorsAreSeen(@TempDir Path folder) throws IOException {
    Path page = folder.resolve("page.md");
    Files.writeString(
        page,
        """
        # First `part`, and more
        [a](#first-part-and-more) [b](page.md) [c](https://example.org/none) [d](other.md)
        [e](#second-part) ![f](none.svg)
        ```
        [g](fenced.md)
        ```
        """);
    assertThat(broken(page)).containsExactly("other.md", "#second-part", "none.svg");
  }

  @Test
  void filesThatAreNamedExist() throws IOException {
    for (Path page : pages()) {
      assertThat(NAMED_FILE.matcher(Files.readString(page)).results().map(MatchResult::group))
          .as(TOP.relativize(page) + ": files")
          .allMatch(name -> Files.exists(TOP.resolve(name)));
    }
  }

  @Test
  void commandLinesUseWhatTheirHelpShows() throws IOException {
    int seen = 0;
    for (Path page : pages()) {
      for (MatchResult line : COMMAND.matcher(Files.readString(page)).results().toList()) {
        seen++;
        assertThat(unknown(line.group(2), help(line.group(1))))
            .as(TOP.relativize(page) + ": " + line.group())
            .isEmpty();
      }
    }
    assertThat(seen).isGreaterThan(30);
  }

  @Test
  void optionsInTheTextExistSomewhere() throws IOException {
    Set<String> known = new HashSet<>(OF_OTHERS);
    known.addAll(allOptions());
    for (Path page : pages()) {
      assertThat(unknown(Files.readString(page), known))
          .as(TOP.relativize(page) + ": options")
          .isEmpty();
    }
    assertThat(unknown("`--cuont 3 --count 4`", known)).containsExactly("--cuont");
  }

  private static Set<String> unknown(String text, Set<String> known) {
    Set<String> found = new HashSet<>();
    OPTION.matcher(text).results().map(MatchResult::group).forEach(found::add);
    found.removeAll(known);
    return found;
  }

  /** The options that the help of a command shows. */
  private Set<String> help(String command) {
    return options.computeIfAbsent(command, name -> unknown(run(name, "--help"), Set.of()));
  }

  /** The options of the program and of all its commands. */
  private Set<String> allOptions() {
    String text = run("--help");
    Set<String> all = unknown(text, Set.of());
    Pattern.compile("(?m)^  ([a-z0-9]+) ")
        .matcher(text)
        .results()
        .forEach(command -> all.addAll(help(command.group(1))));
    assertThat(all).hasSizeGreaterThan(50);
    return all;
  }

  private static String run(String... args) {
    StringWriter out = new StringWriter();
    assertThat(Main.run(new PrintWriter(out), new PrintWriter(out), args))
        .as(String.join(" ", args))
        .isZero();
    return out.toString();
  }

  /** The page's relative links whose file or heading is not there. */
  private static List<String> broken(Path page) throws IOException {
    List<String> broken = new ArrayList<>();
    for (MatchResult link : LINK.matcher(prose(page)).results().toList()) {
      String target = link.group(1);
      if (ELSEWHERE.matcher(target).matches()) {
        continue;
      }
      int hash = target.indexOf('#');
      String name = hash < 0 ? target : target.substring(0, hash);
      Path file = name.isEmpty() ? page : page.resolveSibling(name);
      if (!Files.exists(file)
          || (hash >= 0 && !anchors(file).contains(target.substring(hash + 1)))) {
        broken.add(target);
      }
    }
    return broken;
  }

  private static String prose(Path page) throws IOException {
    return FENCE.matcher(Files.readString(page)).replaceAll("");
  }

  /** GitHub's names of the headings: lower case, punctuation dropped, hyphens for blanks. */
  private static Set<String> anchors(Path page) throws IOException {
    Set<String> anchors = new HashSet<>();
    HEADING
        .matcher(prose(page))
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
        .forEach(anchors::add);
    return anchors;
  }
}
