"""Office Open XML (ECMA-376): what Word, Excel and PowerPoint write since 2007."""
