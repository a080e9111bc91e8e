"""Tests of rule files."""
