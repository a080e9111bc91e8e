"""Credit earned elsewhere: entered by hand or read from a certificate, and the topics that credit is counted for."""
