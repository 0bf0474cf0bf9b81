"""The study workbench beside Taguette, in the same run: real servers, real files, a real Chromium."""
