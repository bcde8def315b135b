"""The texts and previews of what is filed, made in the background by readers and helpers."""
