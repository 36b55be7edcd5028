-- Exams that were told by the interface, besides those of the configuration and of a calendar file.
CREATE TABLE fleet_exam (
  id text PRIMARY KEY,
  name text NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL CHECK (ends_at > starts_at), -- the first moment after it
  students integer NOT NULL CHECK (students >= 0),
  told_by text NOT NULL,
  told_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
