"""Figures of a course: data in its folder, drawn on the server as SVG, each with a table or list that says the same.

A layout is computed when a figure is loaded or saved, is stored beside it, and depends on nothing but the data; a page
view only picks from it.
"""
