"""Follow-ups: questions of a passed activity come back at growing distances, so that they stay known; no score is touched."""
