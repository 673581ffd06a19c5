import init, { Source } from "./engine.js";

/** The entries as objects with what the tasks need, and what the file of the engine has. */
export async function objects(rows) {
  await init();
  const source = new Source();
  const all = [];
  let load = 0;
  while (all.length < rows) {
    const page = source.page();
    const start = performance.now();
    for (const entry of JSON.parse(page)) {
      all.push(flat(entry));
    }
    load += performance.now() - start;
  }
  return { all, load };
}

function flat(entry) {
  return {
    date: entry.performedAt,
    month: entry.performedAt.slice(0, 7),
    settled: entry.settledAt,
    booked: entry.bookkeepingDate,
    employee: entry.employeeId,
    note: entry.note,
    family: entry.family,
    subFamily: entry.subFamily,
    status: entry.status,
    amount: entry.transactionValue.amountMinor ?? Number(entry.transactionValue.value),
    currency: entry.transactionValue.currency,
    billed: entry.totalBillValue.amountMinor ?? Number(entry.totalBillValue.value),
    billedCurrency: entry.totalBillValue.currency,
    account: entry.accountId,
    tax: entry.taxCodeId,
    vendor: entry.supplier.externalSupplierId,
    document: entry.supplier.documentNumber,
    exported: entry.exportStatus,
    review: entry.reviewStatus,
    receipts: entry.receiptIds.length,
    tag: entry.tags[0].tagId,
    id: entry.id,
  };
}

/** CSV of all fields, with quotes where they are needed. */
export function csv(all) {
  const keys = Object.keys(all[0]);
  const cell = (value) => {
    const text = String(value ?? "");
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = all.map((row) => keys.map((key) => cell(row[key])).join(","));
  return [keys.join(","), ...lines].join("\r\n");
}
