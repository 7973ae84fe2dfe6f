"""The browser harness: finding Chromium, serving the application, watching a page, checking accessibility."""
