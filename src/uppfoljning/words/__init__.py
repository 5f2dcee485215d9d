"""Every label, verdict and sentence that a reader sees, once: codes, numbers, dates and names → Swedish."""
