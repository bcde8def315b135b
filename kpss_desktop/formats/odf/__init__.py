"""OpenDocument (ISO 26300): what LibreOffice writes."""
