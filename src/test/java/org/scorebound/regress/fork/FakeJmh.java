package org.scorebound.regress.fork;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Makes benchmark jars whose JMH is a page of code without a clock: a benchmark has the cost that a
 * line in the jar gives it, or fails in the way that the line says. Everything around it is real:
 * jars, processes, files.
 */
public final class FakeJmh {

  private static final String SOURCE =
      """
      package org.openjdk.jmh;

      import java.io.InputStream;
      import java.nio.file.Files;
      import java.nio.file.Path;
      import java.util.Locale;
      import java.util.Properties;
      import java.util.Random;

      public class Main {
        private static int calls;

        public static void main(String[] args) throws Exception {
          String name = args[0].substring(3, args[0].length() - 3);
          String mode = "avgt";
          String file = "";
          double percent = 0;
          for (int i = 0; i + 1 < args.length; i++) {
            if (args[i].equals("-bm")) mode = args[i + 1];
            if (args[i].equals("-rff")) file = args[i + 1];
            if (args[i + 1].startsWith("percent=")) {
              percent = Double.parseDouble(args[i + 1].substring(8));
            }
          }
          Properties costs = new Properties();
          try (InputStream in = Main.class.getResourceAsStream("/costs.properties")) {
            costs.load(in);
          }
          String what = costs.getProperty(name);
          calls++;
          System.out.println("# fork " + calls + " of " + name);
          if (what.startsWith("after ")) {
            String[] words = what.split(" ", 3);
            what = calls > Integer.parseInt(words[1]) ? words[2] : "100";
          }
          switch (what) {
            case "throws":
              System.out.println("<failure>");
              System.out.println();
              System.out.println("java.lang.IllegalStateException: product is wrong");
              if (args[9].equals("-foe") && args[10].equals("false")) {
                Files.writeString(Path.of(file), "[]");
                return;
              }
              System.exit(1);
            case "dies":
              System.exit(137);
            case "hangs":
              Thread.sleep(60_000);
            default:
          }
          boolean nan = what.equals("nan");
          double cost = nan ? 1 : Double.parseDouble(what.split(" ")[0]) * (1 + percent / 100);
          double bytes = what.contains(" ") ? Double.parseDouble(what.split(" ")[1]) : 24;
          boolean rate = mode.equals("thrpt");
          Random random = new Random(31L * calls + name.hashCode());
          StringBuilder raw = new StringBuilder();
          StringBuilder norm = new StringBuilder();
          double level = cost * (1 + 0.004 * random.nextGaussian());
          for (int i = 0; i < 4; i++) {
            double x = level * (1 + 0.002 * random.nextGaussian());
            String score = nan ? "\\"NaN\\"" : Double.toString(rate ? 1 / x : x);
            if (mode.equals("sample")) score = "[[" + score + ", 3]]";
            raw.append(i == 0 ? "" : ", ").append(score);
            norm.append(i == 0 ? "" : ", ").append(bytes);
          }
          String key = mode.equals("sample") ? "rawDataHistogram" : "rawData";
          Files.writeString(
              Path.of(file),
              String.format(
                  Locale.ROOT,
                  "[{\\"benchmark\\": \\"%s\\", \\"mode\\": \\"%s\\", \\"params\\": {\\"n\\": \\"8\\"},"
                      + "\\"primaryMetric\\": {\\"score\\": 1.0, \\"scoreError\\": \\"NaN\\","
                      + "\\"scoreUnit\\": \\"%s\\", \\"%s\\": [[%s]]}, \\"secondaryMetrics\\":"
                      + "{\\"gc.alloc.rate.norm\\": {\\"scoreError\\": \\"NaN\\", \\"scoreUnit\\":"
                      + "\\"B/op\\", \\"rawData\\": [[%s]]}}}]",
                  name, mode, rate ? "ops/us" : "us/op", key, raw, norm));
        }
      }
      """;

  private static final Map<String, byte[]> CLASSES = new HashMap<>();

  private FakeJmh() {}

  /**
   * Makes a jar.
   *
   * @param costs by name of the benchmark, {@code org.example.Bench.name} with {@code :mode} after
   *     it if it is not a mean time: a number of microseconds, with bytes per operation after it;
   *     {@code throws}, {@code dies}, {@code hangs}, {@code nan}; {@code after N} before these
   */
  public static Path jar(Path file, Map<String, String> costs) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out)) {
      StringBuilder list = new StringBuilder();
      StringBuilder properties = new StringBuilder();
      new TreeMap<>(costs)
          .forEach(
              (key, cost) -> {
                String[] parts = key.split(":", 2);
                String mode = parts.length > 1 ? parts[1] : "AverageTime";
                int dot = parts[0].lastIndexOf('.');
                list.append("JMH ");
                for (String word :
                    List.of(
                        parts[0].substring(0, dot),
                        "generated." + parts[0],
                        parts[0].substring(dot + 1),
                        mode)) {
                  list.append("S ").append(word.length()).append(' ').append(word).append(' ');
                }
                list.append("E A 1 1 1 E\n");
                properties.append(parts[0]).append('=').append(cost).append('\n');
              });
      entry(jar, "META-INF/BenchmarkList", list.toString().getBytes(StandardCharsets.UTF_8));
      entry(jar, "costs.properties", properties.toString().getBytes(StandardCharsets.UTF_8));
      for (Map.Entry<String, byte[]> one : classes().entrySet()) {
        entry(jar, one.getKey(), one.getValue());
      }
    }
    return file;
  }

  private static void entry(JarOutputStream jar, String name, byte[] bytes) throws IOException {
    JarEntry entry = new JarEntry(name);
    // The same costs make the same bytes.
    entry.setTime(0);
    jar.putNextEntry(entry);
    jar.write(bytes);
    jar.closeEntry();
  }

  private static synchronized Map<String, byte[]> classes() {
    if (CLASSES.isEmpty()) {
      JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
      JavaFileObject source =
          new SimpleJavaFileObject(
              URI.create("string:///org/openjdk/jmh/Main.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignore) {
              return SOURCE;
            }
          };
      JavaFileManager manager =
          new ForwardingJavaFileManager<JavaFileManager>(
              compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            @Override
            public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
              return new SimpleJavaFileObject(
                  URI.create("mem:///" + name.replace('.', '/') + ".class"), kind) {
                @Override
                public OutputStream openOutputStream() {
                  return new ByteArrayOutputStream() {
                    @Override
                    public void close() {
                      CLASSES.put(name.replace('.', '/') + ".class", toByteArray());
                    }
                  };
                }
              };
            }
          };
      boolean compiled =
          compiler
              .getTask(null, manager, null, List.of("-proc:none"), null, List.of(source))
              .call();
      if (!compiled) {
        throw new UncheckedIOException(new IOException("the fake JMH does not compile"));
      }
    }
    return CLASSES;
  }
}
