"""Questions, marking and behaviour as plain Python: no Django, no database, no clock."""
