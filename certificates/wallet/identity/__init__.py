"""Who a person is to boards: names as boards keep them, NPI, birth month and day, and consent to reporting."""
