"""The parts of Latin America, each with its countries."""

REGIONS = {
    "South America": ("ARG", "BOL", "BRA", "CHL", "COL", "ECU", "PER", "PRY", "URY", "VEN"),
    "Central America": ("CRI", "GTM", "HND", "NIC", "PAN", "SLV"),
    "Caribbean": ("CUB", "DOM", "HTI"),
    "Mexico": ("MEX",),
}
