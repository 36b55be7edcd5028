-- Waits for writes under lower numbers that are under way. No answer: a higher one has read.
UPDATE fleet_fence SET newest = $1 WHERE newest <= $1 RETURNING newest
