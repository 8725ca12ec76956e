"""Other people's formats: layers out to GIS programs and spreadsheets, their tables in."""
