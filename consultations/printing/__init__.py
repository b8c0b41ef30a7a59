"""Papers and postcards in print: plain data goes in, the bytes of a PDF or a picture come out."""
