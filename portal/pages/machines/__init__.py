"""What programs read: the JSON interface, feeds, the map of the site. All of it is what nobody in particular may see."""
