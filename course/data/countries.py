"""The countries of the tables: three-letter codes, names, parts of Latin America."""

from __future__ import annotations

__all__ = ["COUNTRIES", "REGIONS"]

REGIONS = {
    "South America": ("ARG", "BOL", "BRA", "CHL", "COL", "ECU", "PER", "PRY", "URY", "VEN"),
    "Central America": ("CRI", "GTM", "HND", "NIC", "PAN", "SLV"),
    "Caribbean": ("CUB", "DOM", "HTI"),
    "Mexico": ("MEX",),
}
COUNTRIES = {
    "ARG": "Argentina",
    "BOL": "Bolivia",
    "BRA": "Brazil",
    "CAN": "Canada",
    "CHL": "Chile",
    "CHN": "China",
    "COL": "Colombia",
    "CRI": "Costa Rica",
    "CUB": "Cuba",
    "DEU": "Germany",
    "DOM": "Dominican Republic",
    "ECU": "Ecuador",
    "ESP": "Spain",
    "FLK": "Falkland Islands / Malvinas",
    "FRA": "France",
    "GBR": "Britain",
    "GRD": "Grenada",
    "GTM": "Guatemala",
    "GUY": "British Guiana",
    "HND": "Honduras",
    "HTI": "Haiti",
    "ITA": "Italy",
    "JPN": "Japan",
    "MEX": "Mexico",
    "NIC": "Nicaragua",
    "NLD": "Netherlands",
    "NOR": "Norway",
    "PAN": "Panama",
    "PER": "Peru",
    "PRI": "Puerto Rico",
    "PRY": "Paraguay",
    "SLV": "El Salvador",
    "SUN": "Soviet Union",
    "URY": "Uruguay",
    "USA": "United States",
    "VEN": "Venezuela",
}
