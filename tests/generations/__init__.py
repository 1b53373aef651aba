"""An adversary for the parser: pages rendered from truth records in generations it has not seen."""
