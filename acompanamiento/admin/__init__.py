"""La administración del acompañamiento."""
