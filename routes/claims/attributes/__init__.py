"""What a claim carries besides its stops: its quotes, goods, source, date and quantity."""

from routes.claims.attributes.claimed import Carried, carried
from routes.claims.attributes.quotes import ONE_QUOTE, evidence
from routes.claims.attributes.trades import trade_factuality, trade_mode

__all__ = ["ONE_QUOTE", "Carried", "carried", "evidence", "trade_factuality", "trade_mode"]
