"""Dialogs: plain and native, one file each."""
