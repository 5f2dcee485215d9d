"""What a receiver may not see is taken out, before anything is judged or told."""
