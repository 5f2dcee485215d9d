"""Personal data in prose: what is looked for, and how it is masked in everything that is printed."""
