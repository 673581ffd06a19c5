"""Runs the import wizard of odoo-addon-datev-import-csv-dtvf on a DATEV batch, without a database.

Odoo itself is not on PyPI. What the wizard asks of it is given here: accounts, a journal and cost
centres, and a place to create entries in. Parsing, matching and balancing are the wizard's own.
"""

import base64
import csv
import importlib.util
import json
import sys
import sysconfig
import types
from pathlib import Path

path = sys.argv[1]


class UserError(Exception):
    pass


class Domain:
    def __init__(self, *terms):
        pass

    @staticmethod
    def AND(terms):
        return Domain()


def field(*args, **kwargs):
    return None


odoo = types.ModuleType("odoo")
odoo.fields = types.ModuleType("odoo.fields")
odoo.fields.Domain = Domain
for name in ("Binary", "Boolean", "Char", "Date", "Many2one"):
    setattr(odoo.fields, name, field)
odoo.models = types.ModuleType("odoo.models")
odoo.models.TransientModel = object
odoo.exceptions = types.ModuleType("odoo.exceptions")
odoo.exceptions.UserError = UserError
odoo.tools = types.ModuleType("odoo.tools")
odoo.tools.float_is_zero = lambda value, precision_rounding: abs(value) < precision_rounding / 2
for name in ("fields", "models", "exceptions", "tools"):
    sys.modules[f"odoo.{name}"] = getattr(odoo, name)
sys.modules["odoo"] = odoo

wizard = Path(sysconfig.get_paths()["purelib"]) / "odoo/addons/datev_import_csv_dtvf/wizard/import_move.py"
spec = importlib.util.spec_from_file_location("import_move", wizard)
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)

with open(path, encoding="cp1252", newline="") as file:
    rows = list(csv.reader(file, delimiter=";"))[2:]
codes = sorted({row[6] for row in rows} | {row[7] for row in rows})
centres = sorted({row[36] for row in rows} | {row[37] for row in rows} - {""})
ids = {code: number for number, code in enumerate(codes, 1)}
created = []


class Table:
    def __init__(self, name):
        self.name = name

    def search_read(self, domain, names):
        if self.name == "account.account":
            return [{"code": code, "id": number} for code, number in ids.items()]
        if self.name == "account.journal":
            return [{"code": "PLEO", "id": 1}]
        return [{"code": code, "name": code, "id": at} for at, code in enumerate(centres, 1) if code]

    def with_context(self, **context):
        return self

    def create(self, values):
        created.append(values)
        return self

    def next_by_code(self, code):
        return "1"

    def browse(self, number):
        return types.SimpleNamespace(account_type="expense")

    def __iadd__(self, other):
        return self

    @property
    def ids(self):
        return list(range(len(created)))


class Environment:
    company = types.SimpleNamespace(id=1, currency_id=types.SimpleNamespace(rounding=0.01))

    def __getitem__(self, name):
        return Table(name)

    @staticmethod
    def _(text):
        return text


wizard = module.AccountMoveImport()
wizard.env = Environment()
wizard.file_to_import = base64.b64encode(Path(path).read_bytes())
wizard.force_journal_id = types.SimpleNamespace(id=1, code="PLEO")
wizard.force_move_ref = "Pleo"
wizard.force_move_line_name = False
wizard.force_move_date = False
wizard.date_format = "%d/%m/%Y"
wizard.post_move = False
pivot = wizard.genericcsv2pivot(base64.b64decode(wizard.file_to_import))
wizard.clean_strip_pivot(pivot)
wizard.update_pivot(pivot)
wizard.create_moves_from_pivot(pivot)

names = {number: code for code, number in ids.items()}
accounts = {}
for move in created:
    lines = [line for _, _, line in move["line_ids"]]
    cents = [round((line["debit"] - line["credit"]) * 100) for line in lines]
    assert sum(cents) == 0, f"the entry of {move['date']} is not balanced"
    for line, amount in zip(lines, cents):
        code = names[line["account_id"]]
        accounts[code] = accounts.get(code, 0) + amount
print(json.dumps({"rows": len(pivot), "accounts": accounts}))
