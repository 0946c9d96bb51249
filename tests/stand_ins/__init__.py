"""Services of others, as real HTTP servers on this machine that speak the documented wire format."""
