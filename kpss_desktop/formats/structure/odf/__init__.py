"""OpenDocument texts (.odt, .ott) with their structure, after OpenDocument 1.3, part 3."""
