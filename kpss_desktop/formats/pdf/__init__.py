"""PDF, by PDFium and by a tolerant second reader."""
