package org.scorebound.campaign;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scorebound.io.InputException;
import org.scorebound.io.JsonInput;
import org.scorebound.result.BuildInfo;

/**
 * What determines the numbers of a campaign over sampled configurations. Two results may be put
 * together only if their plans are equal.
 *
 * @param seed root of all random streams
 * @param count configurations 0..count-1
 * @param paths simulated paths per configuration
 * @param backEnd back end of the linear algebra
 * @param build which build
 */
public record Plan(long seed, int count, int paths, String backEnd, BuildInfo build) {

  /** The fields as a JSON object. */
  public Map<String, Object> document() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("seed", seed);
    json.put("count", count);
    json.put("paths", paths);
    json.put("backEnd", backEnd);
    json.put("build", build);
    return json;
  }

  /** Reads the object that {@link #document()} makes. */
  static Plan read(JsonInput input) {
    JsonInput build = input.object("build");
    String commit = build.string("commit", "");
    return new Plan(
        input.longInteger("seed"),
        input.integer("count"),
        input.integer("paths"),
        input.string("backEnd"),
        new BuildInfo(
            build.string("version"), commit.isEmpty() ? Optional.empty() : Optional.of(commit)));
  }

  /**
   * Refuses another plan.
   *
   * @param other the plan found
   * @param where the file it was found in
   * @param ours where this one is from, in words
   * @throws InputException with every difference in one line
   */
  void requireSame(Plan other, String where, String ours) {
    List<String> differences = new ArrayList<>();
    differ(differences, "seed", other.seed, seed);
    differ(differences, "count", other.count, count);
    differ(differences, "paths", other.paths, paths);
    differ(differences, "backend", other.backEnd, backEnd);
    differ(differences, "build", name(other.build), name(build));
    if (!differences.isEmpty()) {
      throw new InputException(
          where
              + ": is of another campaign: "
              + String.join(", ", differences)
              + " ("
              + ours
              + " second)");
    }
  }

  /**
   * Refuses a program of another build, which would add its own checks to results that are not its.
   *
   * @param program the running build
   */
  public void requireBuild(BuildInfo program) {
    if (!program.equals(build)) {
      throw new InputException(
          "the shards are of build " + name(build) + ", this program is " + name(program));
    }
  }

  private static void differ(List<String> differences, String what, Object theirs, Object ours) {
    if (!theirs.equals(ours)) {
      differences.add(what + " " + theirs + " against " + ours);
    }
  }

  private static String name(BuildInfo build) {
    return build.version() + build.commit().map(id -> " (" + id + ")").orElse("");
  }
}
