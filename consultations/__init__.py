"""The work: consultations, registrations, calls, contributions, commitments."""
