# People.
people-title = People
