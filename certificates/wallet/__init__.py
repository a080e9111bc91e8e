"""What a physician takes along: who they are to boards and hospitals, licenses, all their credit, and what still counts."""
