"""Reads a DATEV batch with mloda-community-german-ledger and prints rows and the sum of each account."""

import json
import sys

from mloda.community.feature_groups.experimental.german_ledger.datev import read_batch

header, legs = read_batch(sys.argv[1])
accounts = {}
for account, amount in zip(legs["Konto"], legs["Betrag"]):
    accounts[account] = accounts.get(account, 0) + int(amount * 100)
assert sum(accounts.values()) == 0, "the legs do not add up to zero"
assert header.festschreibung is False and not any(legs["Festschreibung"]), "the batch is locked"
print(json.dumps({"rows": len(legs["Konto"]) // 2, "accounts": accounts}))
