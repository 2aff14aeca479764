"""The draw of a jury on the site: sealed, drawn in public, its people asked, those who leave replaced."""
