"""This computer's index of an archive: the only room that speaks SQL.

The truth is the archive folder; whatever lies here can be made again from it.
"""
