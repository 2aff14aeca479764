"""The register of what the public owns, kept on the site: lists taken in, assets, what people add to them."""
