SELECT subject, name, value, version, changed_by, changed_at
FROM settings
WHERE pool = $1
ORDER BY subject, name
