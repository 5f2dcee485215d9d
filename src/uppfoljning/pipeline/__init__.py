"""The order of the stations, a file a command. Computes, prints and phrases nothing."""
