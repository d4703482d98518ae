package org.scorebound.regress.host;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;

/**
 * Runs JMH's own command line again and again in one process, on the JMH of the jar that is first
 * on the class path: a start of JMH per fork would cost as much as a short fork. Uses nothing but
 * the JDK, since it is the only class of ours there.
 *
 * <p>Standard input: the number of arguments on a line, then one a line. Standard output: what JMH
 * prints, then {@link #DONE} on a line. JMH ends the process where it fails.
 */
public final class JmhHost {

  /** Ends the output of one command line. */
  public static final String DONE = "\u0004 scorebound: done";

  private JmhHost() {}

  /** Serves until standard input ends. */
  public static void main(String[] args) throws Exception {
    Method jmh = Class.forName("org.openjdk.jmh.Main").getMethod("main", String[].class);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = System.out;
    for (String count = in.readLine(); count != null; count = in.readLine()) {
      String[] words = new String[Integer.parseInt(count)];
      for (int i = 0; i < words.length; i++) {
        words[i] = in.readLine();
      }
      jmh.invoke(null, (Object) words);
      out.println(DONE);
      out.flush();
    }
  }
}
