UPDATE batches SET sealed = true, version = version + 1 WHERE id = $1 AND NOT sealed
