-- One event of a batch that changes no count: $3 its kind, $4 its detail.
WITH numbered AS (
  INSERT INTO progress AS known (batch, session, number, finished, dead, cancelled, lost)
  VALUES ($1, $2, 1, 0, 0, 0, 0)
  ON CONFLICT (batch, session) DO UPDATE SET number = known.number + 1
  RETURNING *
)
INSERT INTO events (batch, session, number, kind, finished, dead, cancelled, lost, detail)
SELECT batch, session, number, $3, finished, dead, cancelled, lost, $4 FROM numbered
RETURNING number
