"""The pages of the register: finding, one asset, following, adding, and the office."""
