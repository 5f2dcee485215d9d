"""What is true at a quarter for a receiver: redacted, merged, judged, compared. Codes, numbers, dates and names."""
