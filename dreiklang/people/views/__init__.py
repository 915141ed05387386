"""Pages about people: own account, departments, accounts, invitations."""
