"""Paper (帳票): PDFs made from one set of templates with an embedded Japanese font.

Everything here is a pure function of the values it is given: no request, no database, no clock, nothing
from the system and nothing from the network.
"""
