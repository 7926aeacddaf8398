# الأشخاص.
people-title = الأشخاص
