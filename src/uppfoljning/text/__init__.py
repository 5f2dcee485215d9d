"""Characters: Swedish dates, numbers and inflection, what a person reads, personal data in prose, problems."""
