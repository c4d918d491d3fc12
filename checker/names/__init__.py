"""Names of people, places and organisations: found, recognised across languages, compared."""
