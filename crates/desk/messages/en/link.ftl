# The link to the hub, and pouches.
link-title = Link and pouches
