"""One module a command; its command is the function of the same name."""
