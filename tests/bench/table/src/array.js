import { csv, objects } from "./rows.js";
import { median, once, pause } from "./timing.js";

export async function array(rows) {
  const { all, load } = await objects(rows);
  const result = { load };
  await pause();
  const collator = new Intl.Collator(undefined, { numeric: true });
  result.sortNumber = await median(rows, () => [...all].sort((one, other) => other.amount - one.amount));
  result.sortDate = await median(rows, () =>
    [...all].sort((one, other) => (one.date < other.date ? 1 : one.date > other.date ? -1 : 0)),
  );
  result.sortTextCold = await once(() => [...all].sort((one, other) => collator.compare(other.note, one.note)));
  result.sortText = await once(() => [...all].sort((one, other) => collator.compare(other.note, one.note)));
  result.filterRange = await median(
    rows,
    () => all.filter((row) => row.amount >= 500 && row.amount <= 2500).length,
  );
  result.filterText = await median(
    rows,
    () => all.filter((row) => row.note.toLowerCase().includes("lunch")).length,
  );
  result.totals = await median(rows, () => {
    const sums = new Map();
    for (const row of all) {
      sums.set(row.currency, (sums.get(row.currency) ?? 0) + row.amount);
    }
    return sums;
  });
  result.pivot = await median(rows, () => {
    const sums = new Map();
    for (const row of all) {
      const key = `${row.month} ${row.account} ${row.currency}`;
      sums.set(key, (sums.get(key) ?? 0) + row.amount);
    }
    return sums;
  });
  await pause();
  result.csv = await once(() => csv(all).length);
  result.csvColumns = Object.keys(all[0]).length;
  return result;
}
