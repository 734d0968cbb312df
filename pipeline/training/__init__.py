"""How the bundled assets were made; never imported at run time."""
