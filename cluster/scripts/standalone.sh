# Functions, to be sourced: a Spark master and workers on this machine, from the jars of the build alone.
# Needs $root (the clone), $work (a folder) and $java (a JDK's bin/java); build first with --engine spark.

# A folder that Spark takes for an installation: workers start executors from its jars.
spark_home() {
  mkdir -p "$work/spark/jars" "$work/spark/bin"
  tr ':' '\n' <"$root/target/cluster/classpath.txt" | xargs -I{} ln -sf {} "$work/spark/jars/"
  touch "$work/spark/RELEASE"
  export SPARK_HOME=$work/spark SPARK_SCALA_VERSION=2.13
}

# spark_daemon LOG CLASS ARGS...: starts one and leaves its process id in $daemon.
spark_daemon() {
  local log=$1
  shift
  "$java" -Xmx512m --sun-misc-unsafe-memory-access=allow -cp "$SPARK_HOME/jars/*" "$@" >"$log" 2>&1 &
  daemon=$!
}

# start_master PORT
start_master() {
  spark_daemon "$work/master.log" org.apache.spark.deploy.master.Master \
    --host 127.0.0.1 --port "$1" --webui-port 0
  master_pid=$daemon
  master_url=spark://127.0.0.1:$1
}

# start_worker NAME: one core.
start_worker() {
  spark_daemon "$work/worker-$1.log" org.apache.spark.deploy.worker.Worker \
    --host 127.0.0.1 --webui-port 0 --cores 1 --memory 2g --work-dir "$work/worker-$1" "$master_url"
}

# The process ids of executors of the worker $1.
executors_of() {
  pgrep -P "$1" -f CoarseGrainedExecutorBackend
}
