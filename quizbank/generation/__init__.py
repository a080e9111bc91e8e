"""Document trees in; reviewed-quality items, suggestions and the reasons for refusals out."""
