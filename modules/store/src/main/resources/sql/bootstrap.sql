-- What must be there before anything can be migrated. Sent whole, at every start.
CREATE TABLE IF NOT EXISTS leases (
  name text PRIMARY KEY,
  holder text NOT NULL,
  fence bigint NOT NULL, -- grows with every holder: whoever has an older one is too late
  lives_until timestamptz NOT NULL
);

CREATE TABLE IF NOT EXISTS migrations (
  number integer PRIMARY KEY,
  name text NOT NULL,
  digest text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
