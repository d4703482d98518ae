package org.scorebound.campaign;

import java.util.LinkedHashMap;
import java.util.Map;
import org.scorebound.io.JsonInput;
import org.scorebound.io.JsonOutput;
import org.scorebound.result.MachineInfo;

/**
 * The first line of a shard file, and of every later process that goes on with it: which campaign,
 * which shard, on which machine.
 *
 * @param plan the campaign
 * @param shard the part
 * @param cpu the machine's processor
 * @param vectorBits the machine's vector width
 */
record ShardHeader(Plan plan, Shard shard, String cpu, int vectorBits) {

  private static final String SCHEMA = "scorebound/verify-shard/1";

  /** The line of a process that starts to write now. */
  static String line(Plan plan, Shard shard, MachineInfo machine, String started) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("schema", SCHEMA);
    json.put("plan", plan.document());
    json.put("shard", shard);
    json.put("machine", machine);
    json.put("started", started);
    return JsonOutput.toLine(json);
  }

  /** Whether a line is a header and not a configuration. */
  static boolean isHeader(JsonInput line) {
    return line.has("schema");
  }

  static ShardHeader read(JsonInput line) {
    String schema = line.string("schema");
    if (!schema.equals(SCHEMA)) {
      throw line.error("schema", "must be " + SCHEMA + ", got " + schema);
    }
    JsonInput shard = line.object("shard");
    JsonInput machine = line.object("machine");
    return new ShardHeader(
        Plan.read(line.object("plan")),
        new Shard(shard.integer("index"), shard.integer("count")),
        machine.string("cpu"),
        machine.integer("vectorBits"));
  }
}
