package dev.headgate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteSiteStoreTests extends SiteStoreContract {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("site/headgate.db");
  }

  @Override
  SiteStore create(int eventIdsKept) {
    return SqliteSiteStore.open(file(), eventIdsKept, Database.BUSY_PATIENCE);
  }

  /** The old connection stays open, as it does in no real crash, but writes nothing more. */
  @Override
  SiteStore crashAndReopen(SiteStore store) {
    return create(EVENT_IDS_KEPT_HERE);
  }

  private void sql(String statement) throws SQLException {
    try (Connection raw = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement run = raw.createStatement()) {
      run.execute(statement);
    }
  }

  @Test
  void readerSeesEachCommitWhileTheWriterIsOpen() {
    try (SiteStore reader = SqliteSiteStore.openReadOnly(file())) {
      store.commit(Transaction.builder().put("item", "1", "a").build());
      assertThat(reader.load().rows()).containsExactly(new StoredRow("item", "1", "a"));
      store.commit(Transaction.builder().put("item", "1", "b").build());
      assertThat(reader.load().rows()).containsExactly(new StoredRow("item", "1", "b"));
    }
  }

  @Test
  void readerWorksAfterTheWriterHasGone() {
    store.commit(Transaction.builder().put("item", "1", "a").build());
    store.close();

    try (SiteStore reader = SqliteSiteStore.openReadOnly(file())) {
      assertThat(reader.load().rows()).hasSize(1);
    }
  }

  @Test
  void readerCannotCommit() {
    try (SiteStore reader = SqliteSiteStore.openReadOnly(file())) {
      assertThatThrownBy(() -> reader.commit(Transaction.builder().event("e").build()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("read only");
    }
  }

  @Test
  void readingWhatIsNotThereSaysSoAndMakesNothing() {
    Path nowhere = folder.resolve("nowhere/headgate.db");
    assertThatThrownBy(() -> SqliteSiteStore.openReadOnly(nowhere))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("no store at " + nowhere);
    assertThat(nowhere.getParent()).doesNotExist();
  }

  @Test
  void fileThatIsNoDatabaseIsNamedAndAdviceGiven() throws IOException {
    Path text = Files.writeString(folder.resolve("text.db"), "just some text\n".repeat(1000));
    assertThatThrownBy(() -> SqliteSiteStore.open(text))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(text.toString())
        .hasMessageContaining("damaged")
        .hasMessageContaining("move it");
    assertThat(text).content().startsWith("just some text");
  }

  @Test
  void damagedPageIsReportedWhenItIsRead() throws IOException {
    Transaction.Builder many = Transaction.builder();
    for (int i = 0; i < 2000; i++) {
      many.put("item", "" + i, "body ".repeat(20));
    }
    store.commit(many.build());
    store.close();
    try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
      for (long page = 5; page * 4096 < channel.size(); page++) {
        channel.write(ByteBuffer.wrap(new byte[64]), page * 4096);
      }
    }
    SiteStore damaged = SqliteSiteStore.open(file());
    try {
      assertThatThrownBy(damaged::load)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("damaged");
    } finally {
      damaged.close();
    }
  }

  @Test
  void databaseOfAnotherProgramIsLeftAlone() throws SQLException {
    store.close();
    sql("DROP TABLE schema_version");
    assertThatThrownBy(() -> SqliteSiteStore.open(file()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("another program");
  }

  @Test
  void newerSchemaThatLocksUsOutIsRefused() throws SQLException {
    store.close();
    sql("INSERT INTO schema_version (version, oldest_program) VALUES (9999, 9998)");
    assertThatThrownBy(() -> SqliteSiteStore.open(file()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("newer headgate")
        .hasMessageContaining("9999");
    assertThatThrownBy(() -> SqliteSiteStore.openReadOnly(file()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("newer headgate");
  }

  @Test
  void newerSchemaThatOnlyExpandedIsUsedBesideItsProgram() throws SQLException {
    store.commit(Transaction.builder().put("item", "1", "a").build());
    store.close();
    sql("ALTER TABLE site_row ADD COLUMN colour TEXT");
    sql("INSERT INTO schema_version (version, oldest_program) VALUES (9999, 1)");

    try (SiteStore old = SqliteSiteStore.open(file())) {
      old.commit(Transaction.builder().put("item", "2", "b").build());
      assertThat(old.load().rows()).hasSize(2);
    }
  }

  @Test
  void lockHeldTooLongIsAnEnvironmentFault() throws SQLException {
    store.close();
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      try (SiteStore late = SqliteSiteStore.open(file(), 10, Duration.ofMillis(50))) {
        assertThatThrownBy(() -> late.commit(Transaction.builder().event("e").build()))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("another program holds it");
        statement.execute("ROLLBACK");
        late.commit(Transaction.builder().event("e").build());
        assertThat(late.seen("e")).isTrue();
      }
    }
  }

  @Test
  void folderThatCannotBeMadeIsNamed() throws IOException {
    Path inTheWay = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> SqliteSiteStore.open(inTheWay.resolve("headgate.db")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(inTheWay.toString());
  }

  @Test
  void folderInPlaceOfTheFileIsNamed() throws IOException {
    Path inTheWay = Files.createDirectory(folder.resolve("folder.db"));
    assertThatThrownBy(() -> SqliteSiteStore.open(inTheWay))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(inTheWay.toString());
  }

  @Test
  void commitsAreSyncedToDiskInAWriteAheadLog() throws SQLException {
    try (Database database = Database.open(file(), Database.BUSY_PATIENCE)) {
      int full = 2;
      assertThat(database.rows("PRAGMA synchronous", none -> {}, row -> row.getInt(1)))
          .containsExactly(full);
      assertThat(database.rows("PRAGMA journal_mode", none -> {}, row -> row.getString(1)))
          .containsExactly("wal");
    }
  }
}
