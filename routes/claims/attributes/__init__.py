"""What a claim carries besides its stops: its quotes, goods, source, date and quantity."""

from routes.claims.attributes.rules import attribution, cargo, date, evidence, trade_factuality, trade_mode

__all__ = ["attribution", "cargo", "date", "evidence", "trade_factuality", "trade_mode"]
