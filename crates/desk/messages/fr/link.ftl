# La liaison avec le concentrateur, et les plis.
link-title = Liaison et plis
