"""Extra time: more minutes for one learner's attempts at an activity with a time limit."""
