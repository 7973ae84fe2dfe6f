"""Who may do what: roles (役割), permissions (権限), the one table of grants, guards of routes, the menu.

Knows no accounts: the factory hands it the actor of each request.
May be imported by every package above.
"""
