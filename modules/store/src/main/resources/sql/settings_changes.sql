SELECT number, subject, name, was, became, changed_by, changed_at
FROM setting_changes
WHERE pool = $1 AND number < $2
ORDER BY number DESC
LIMIT $3
