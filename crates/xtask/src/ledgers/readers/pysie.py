"""Reads a SIE file with pysie-accounting and prints rows and the sum of each account."""

import json
import sys

import pandas
from pysie_accounting.pysie import PySIE

sie = PySIE()
# Its default is UTF-8, which no SIE file is in.
sie.sie_encoding = "CP437"
sie.dftrans = pandas.DataFrame({"SRU": pandas.Series(dtype=int), "Ink2": pandas.Series(dtype=str)})
sie.open(sys.argv[1])
accounts = {}
rows = 0
for number, (day, text, registered, lines) in sie.verifikat.items():
    cents = [(account, round(float(amount) * 100)) for account, _, amount in lines]
    assert sum(amount for _, amount in cents) == 0, f"voucher {number} does not add up to zero"
    for account, amount in cents:
        accounts[account] = accounts.get(account, 0) + amount
    rows += len(cents)
print(json.dumps({"vouchers": len(sie.verifikat), "rows": rows, "accounts": accounts}))
