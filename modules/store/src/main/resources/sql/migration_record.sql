INSERT INTO migrations (number, name, digest) VALUES ($1, $2, $3)
