"""Binary Word documents ([MS-DOC]), as far as their text and their preview need them."""
