"""What a provider tells others: learners and activities to reporting systems, an activity's results, the year in figures."""
