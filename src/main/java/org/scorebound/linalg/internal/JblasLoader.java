package org.scorebound.linalg.internal;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loads jblas and {@link JblasKernels} apart from the rest, silently, with the native library
 * unpacked once per machine.
 *
 * <p>jblas on its own prints to standard error and copies 28 MB into a temporary folder in every
 * JVM. Its initialiser first asks {@code System.loadLibrary("jblas")}, and that asks the class
 * loader; so this loader defines jblas and the kernels itself and answers with the path of the
 * cached file. The cache is {@code $XDG_CACHE_HOME/scorebound} or {@code ~/.cache/scorebound}, or a
 * private temporary folder where neither can be written.
 */
public final class JblasLoader extends ClassLoader {

  private static final String KERNELS = "org.scorebound.linalg.internal.JblasKernels";

  private final String library;

  private JblasLoader(ClassLoader parent, String library) {
    super(parent);
    this.library = library;
  }

  /**
   * The kernels, or the reason why there are none.
   *
   * @param kernels null where jblas cannot be used
   * @param reason one line; empty where it can
   */
  public record Outcome(@Nullable KernelSpi kernels, String reason) {}

  /** Unpacks where needed, loads and tries. Prints nothing. */
  public static Outcome load() {
    try {
      String library = unpack().toAbsolutePath().toString();
      ClassLoader loader = new JblasLoader(JblasLoader.class.getClassLoader(), library);
      Object kernels = loader.loadClass(KERNELS).getConstructor(String.class).newInstance(library);
      return new Outcome((KernelSpi) kernels, "");
    } catch (InvocationTargetException e) {
      return new Outcome(null, explain(e.getCause() == null ? e : e.getCause()));
    } catch (IOException | ReflectiveOperationException | LinkageError e) {
      return new Outcome(null, explain(e));
    }
  }

  /** One line for the user. */
  static String explain(Throwable e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("libgfortran")) {
      return "jblas needs libgfortran5: apt-get install libgfortran5";
    }
    return "jblas cannot be loaded: " + message.lines().findFirst().orElse("unknown reason");
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith("org.jblas.") && !name.startsWith(KERNELS)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : define(name);
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] code = in.readAllBytes();
      return defineClass(name, code, 0, code.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  @Override
  protected @Nullable String findLibrary(String name) {
    return name.equals("jblas") ? library : null;
  }

  /** The library's file in the cache, written whole or not at all. */
  private static Path unpack() throws IOException {
    URL resource = resource();
    long length = resource.openConnection().getContentLengthLong();
    Path folder = cacheFolder();
    Path file = folder.resolve("jblas-" + length + "-" + System.mapLibraryName("jblas"));
    if (Files.isRegularFile(file) && Files.size(file) == length) {
      return file;
    }
    Path part = Files.createTempFile(folder, "jblas-", ".part");
    try (InputStream in = resource.openStream()) {
      Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
    return file;
  }

  private static URL resource() throws IOException {
    String os = System.getProperty("os.name", "");
    String arch = System.getProperty("os.arch", "");
    String base = "lib/static/" + os + "/" + arch + "/";
    String file = os.startsWith("Mac") ? "libjblas.jnilib" : "libjblas.so";
    ClassLoader loader = JblasLoader.class.getClassLoader();
    for (String path : List.of(base + "sse3/" + file, base + file)) {
      URL url = loader.getResource(path);
      if (url != null) {
        return url;
      }
    }
    throw new IOException("it has no library for " + os + " " + arch);
  }

  private static Path cacheFolder() throws IOException {
    String xdg = System.getenv("XDG_CACHE_HOME");
    String home = System.getProperty("user.home", "");
    Path base = xdg == null || xdg.isEmpty() ? Path.of(home, ".cache") : Path.of(xdg);
    try {
      return Files.createDirectories(base.resolve("scorebound"));
    } catch (IOException e) {
      Path temporary = Files.createTempDirectory("scorebound-");
      temporary.toFile().deleteOnExit();
      return temporary;
    }
  }
}
