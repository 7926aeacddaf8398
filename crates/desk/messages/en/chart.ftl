# Link charts.
chart = Chart
chart-of = What { $name } is tied to
chart-back = Back to its page
chart-only = Only
chart-steps = Steps
chart-most = At most
chart-way-to = Way to (name or id)
chart-label = The record in the middle, and what is around it
chart-legend = Thick line: graded A or B and 1 or 2. Thin: C or 3, or taking part. Dashed: D, E, 4 or 5. Dotted: not graded. Circle: person; square: group; rounded: organisation; triangle: place; diamond: incident; hexagon: vehicle or equipment.
chart-more = { $count ->
    [one] { $count } more
   *[other] { $count } more
}
chart-drawn = The picture shows { $count } of { $all }; the list below has the rest.
chart-ties = { $count ->
    [0] No ties
    [one] { $count } tie as a list
   *[other] { $count } ties as a list
}
chart-list-first = The list shows the first { $count }.
chart-way = The shortest way
chart-no-way = No way leads from one to the other.
chart-export = Save as GraphML
chart-export-why = The file carries a mark of its own. That you took it out stands in the compartment’s records before you have it.
chart-export-where = Where it is put down
chart-export-purpose = Purpose, where the policy asks for one
chart-more-js = # more
chart-expand = Expand
chart-open = Open its page
chart-way-here = Way from the start
chart-hide = Hide
chart-fit = Show all
chart-arrange = Arrange
chart-counted-js = # records, # ties
chart-failed = That did not work. Load the page again.
chart-types = Shown
chart-help = Choose a record in the chart or here.
chart-involved = took part
