"""A course as a folder of text: read, checked, loaded and dumped. The format: docs/course-folder.md."""
