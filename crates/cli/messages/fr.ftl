synthetic-mark = S
