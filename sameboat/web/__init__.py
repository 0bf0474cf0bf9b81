"""What all pages share: security headers, the origin guard, templates, design tokens, the app's shell.

Knows only `lib`. Sees every request's path and headers, and writes none of them down.
"""
