"""Rule files that an administrator uploads: kept in versions, checked before they count, the last one in force."""
