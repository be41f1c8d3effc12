"""The commands of the command line, each in the room of what it asks."""
