SELECT digest, batch, answer, status FROM request_keys WHERE tenant = $1 AND key = $2
