package org.scorebound.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Small matters of wording. */
final class Words {

  /** A single capital letter, with or without digits. */
  private static final Pattern SYMBOL = Pattern.compile("[A-Z][0-9]*");

  private Words() {}

  /**
   * {@code logBoundEnd} as {@code log bound end}; what is a symbol stays one: {@code logIGrid} is
   * {@code log I grid}, {@code lossAgainstW2} is {@code loss against W2}.
   */
  static String spaced(String field) {
    String[] words = field.split("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|\\s+");
    return Arrays.stream(words)
        .map(word -> SYMBOL.matcher(word).matches() ? word : word.toLowerCase(Locale.ROOT))
        .map(word -> word.equals("w2") ? "W2" : word)
        .collect(Collectors.joining(" "));
  }

  static String count(long n, String noun) {
    return n + " " + noun + (n == 1 ? "" : "s");
  }

  /** The command line that a shell splits into these words again. */
  static String shell(List<String> words) {
    StringBuilder line = new StringBuilder("./scorebound");
    for (String word : words) {
      line.append(' ')
          .append(
              word.matches("[A-Za-z0-9_@%+=:,./-]+")
                  ? word
                  : "'" + word.replace("'", "'\\''") + "'");
    }
    return line.toString();
  }
}
