"""Tests of surveys: questions, answers, results, and the rows that keep them."""
