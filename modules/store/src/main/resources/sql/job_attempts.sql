SELECT * FROM attempts WHERE job = $1 ORDER BY number
