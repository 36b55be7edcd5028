-- What operators set while everything runs: one row a value, and every change of it.

CREATE TABLE settings (
  pool text NOT NULL,
  subject text NOT NULL, -- lane/exam, server/s1
  name text NOT NULL,
  value text, -- JSON; null: what is configured holds again
  version bigint NOT NULL, -- of the subject, after the change
  changed_by text NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (pool, subject, name)
);

CREATE TABLE setting_changes (
  number bigint GENERATED ALWAYS AS IDENTITY,
  pool text NOT NULL,
  subject text NOT NULL,
  name text NOT NULL,
  was text NOT NULL, -- JSON, as what follows
  became text NOT NULL,
  changed_by text NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (pool, number)
);
