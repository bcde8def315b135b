"""Word 97-2003 documents (.doc) with their structure, after [MS-DOC]: Word (.doc) Binary File Format."""
