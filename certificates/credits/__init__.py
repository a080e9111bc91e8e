"""The evaluation of an activity, and the credit a learner claims for a pass."""
