"""Tests of the engines that help people decide together."""
