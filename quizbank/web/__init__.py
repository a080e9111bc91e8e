"""What every page needs: who may enter, clear errors, headers, the frame around it, lists and downloads."""
