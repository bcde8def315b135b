"""Word documents of today (.docx, .docm, .dotx) with their structure, after ECMA-376 (Office Open XML), part 1."""
