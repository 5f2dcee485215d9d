"""``python -m uppfoljning``."""

from uppfoljning.cli import main

if __name__ == "__main__":
    main()
