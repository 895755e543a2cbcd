/** What survives a crash: rows of the machines, their outbox, recorded runs. */
module dev.headgate.store {
  requires com.github.luben.zstd_jni;
  requires transitive dev.headgate.model;
  requires transitive dev.headgate.subunit;
  requires java.sql;
  requires static org.jspecify;
  requires org.xerial.sqlitejdbc;

  exports dev.headgate.store;
}
