# What windows are called: browsers keep it in their history, so it names nobody and nothing.
title-record = Record
title-entity = Person, group or thing
title-chart = Link chart
title-case = Case file
title-day = A day of openings
title-person = Member of the mission
