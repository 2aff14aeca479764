"""What has been published: the register of datasets, the figures that travel with Fairground, the readers."""
