"""Settings, addresses and the process of the study."""
