"""What the recipient of a share link sees, outside the signed-in area."""
