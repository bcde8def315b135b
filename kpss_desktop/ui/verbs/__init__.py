"""What the clerk can do, a function each. All take the Desk; menus and shortcuts are in `ui.actions`."""
