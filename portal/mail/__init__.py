"""Messages as bytes and the line to the mail server: nothing here knows notices or deliveries."""
