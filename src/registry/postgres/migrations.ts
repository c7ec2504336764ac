/**
 * The steps that make the tables, in order. A step that was released is never changed: add another.
 * Keys and orders are text under the collation "C", so that lists are in the same order on every backend and server.
 */
export const MIGRATIONS: readonly string[] = [
  `
  -- doc is json, not jsonb: it keeps the order of names and every character as it was written.
  CREATE TABLE compass.records (
    collection text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    doc json NOT NULL,
    written timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (collection, id)
  );

  -- One row for each key under which a record is found.
  CREATE TABLE compass.entries (
    collection text COLLATE "C" NOT NULL,
    index_name text COLLATE "C" NOT NULL,
    key text COLLATE "C" NOT NULL,
    place text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    is_unique boolean NOT NULL,
    PRIMARY KEY (collection, index_name, key, place, id)
  );
  -- How many records a key finds: what the order of look-ups is chosen by.
  CREATE STATISTICS compass.entries_keys (mcv, ndistinct) ON collection, index_name, key FROM compass.entries;
  CREATE UNIQUE INDEX entries_unique ON compass.entries (collection, index_name, key) WHERE is_unique;
  CREATE INDEX entries_by_record ON compass.entries (collection, id);

  -- The history. Numbers are given after the commit, by whoever asks first: writers need not queue for them.
  CREATE TABLE compass.commits (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sequence bigint UNIQUE,
    time timestamptz NOT NULL,
    about json NOT NULL,
    changes json NOT NULL
  );
  CREATE INDEX commits_unnumbered ON compass.commits (id) WHERE sequence IS NULL;

  -- The indexes that all records have their entries of.
  CREATE TABLE compass.indexes (
    collection text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    is_unique boolean NOT NULL,
    is_ordered boolean NOT NULL,
    PRIMARY KEY (collection, name)
  );

  CREATE TABLE compass.settings (name text PRIMARY KEY, value text NOT NULL);
  `,
  `
  -- Which process is at which work, until when at most. A process is alive while it holds the advisory lock of its number.
  CREATE TABLE compass.claims (
    collection text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    process bigint NOT NULL,
    until timestamptz NOT NULL,
    PRIMARY KEY (collection, id)
  );
  `,
  `
  -- The transaction that a commit was: tells how it ended, and what a snapshot did not see.
  ALTER TABLE compass.commits ADD COLUMN xid xid8;
  ALTER TABLE compass.commits ALTER COLUMN xid SET DEFAULT pg_current_xact_id();
  CREATE INDEX commits_by_xid ON compass.commits (xid);

  -- Any commit that is seen here was acknowledged before those that will be seen later only: numbers go up in time, without gaps.
  -- They need not be durable: numbers that a crash of the server takes are given again. Each statement sees what was committed before the lock was had.
  CREATE FUNCTION compass.number_commits() RETURNS bigint LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM set_config('synchronous_commit', 'off', true), set_config('enable_seqscan', 'off', true);
    IF EXISTS (SELECT 1 FROM compass.commits WHERE sequence IS NULL) THEN
      PERFORM pg_advisory_xact_lock(7267727002);
      UPDATE compass.commits c SET sequence = last.sequence + news.nth
      FROM (SELECT id, row_number() OVER (ORDER BY id) AS nth FROM compass.commits WHERE sequence IS NULL) news,
        (SELECT coalesce(max(sequence), 0) AS sequence FROM compass.commits) last
      WHERE c.id = news.id;
    END IF;
    RETURN (SELECT coalesce(max(sequence), 0) FROM compass.commits);
  END $$;

  -- The commits after that number, oldest first, once all have one.
  CREATE FUNCTION compass.commits_after(known bigint, most integer)
  RETURNS TABLE (sequence bigint, "time" timestamptz, about json, changes json) LANGUAGE plpgsql AS $$
  #variable_conflict use_column
  BEGIN
    PERFORM compass.number_commits();
    RETURN QUERY SELECT c.sequence, c.time, c.about, c.changes FROM compass.commits c WHERE c.sequence > known ORDER BY c.sequence LIMIT most;
  END $$;
  `,
  `
  -- By how many records a commit made lists longer: what was counted before it need not be counted again.
  ALTER TABLE compass.commits ADD COLUMN moved jsonb;
  `,
  `
  -- Has one row, and none after a crash of the server or where a standby has taken over: such a table is not in its journal.
  CREATE UNLOGGED TABLE compass.life (id integer PRIMARY KEY);
  INSERT INTO compass.life VALUES (1);

  -- As before, but a number that a crash has taken is not given again: who was told of it would take its next commit for known.
  -- Commits that have lost theirs are without one now, so the leap passes over as many; and some more, as a standby may lack commits. It is synced, so that the next crash finds it.
  CREATE OR REPLACE FUNCTION compass.number_commits() RETURNS bigint LANGUAGE plpgsql AS $$
  DECLARE
    leap bigint := 0;
  BEGIN
    PERFORM set_config('synchronous_commit', 'off', true), set_config('enable_seqscan', 'off', true);
    IF EXISTS (SELECT 1 FROM compass.commits WHERE sequence IS NULL) THEN
      PERFORM pg_advisory_xact_lock(7267727002);
      IF NOT EXISTS (SELECT 1 FROM compass.life WHERE id = 1) THEN
        PERFORM set_config('synchronous_commit', 'on', true);
        INSERT INTO compass.life VALUES (1);
        leap := 1000 + (SELECT count(*) FROM compass.commits WHERE sequence IS NULL);
      END IF;
      UPDATE compass.commits c SET sequence = last.sequence + leap + news.nth
      FROM (SELECT id, row_number() OVER (ORDER BY id) AS nth FROM compass.commits WHERE sequence IS NULL) news,
        (SELECT coalesce(max(sequence), 0) AS sequence FROM compass.commits) last
      WHERE c.id = news.id;
    END IF;
    RETURN (SELECT coalesce(max(sequence), 0) FROM compass.commits);
  END $$;
  `,
];
