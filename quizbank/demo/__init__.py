"""What a fresh installation shows: two sample documents as published activities, a learner and an administrator."""
