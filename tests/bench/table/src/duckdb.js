import { AsyncDuckDB, VoidLogger } from "@duckdb/duckdb-wasm";
import { csv, objects } from "./rows.js";
import { median, once, pause } from "./timing.js";

/** Rows that are handed to the database in one file. */
const BATCH = 100_000;

/** Each task is a query whose answer crosses from the database's worker to the page, as it must. */
export async function duckdb(rows) {
  const database = new AsyncDuckDB(new VoidLogger(), new Worker("/duckdb-browser-eh.worker.js"));
  await database.instantiate("/duckdb-eh.wasm");
  const connection = await database.connect();
  const { all, load } = await objects(rows);
  const result = { load };
  for (let from = 0; from < all.length; from += BATCH) {
    const file = `entries-${from}.csv`;
    const text = csv(all.slice(from, from + BATCH));
    result.load += await once(async () => {
      await database.registerFileText(file, text);
      const rows = `SELECT * FROM read_csv('${file}', header = true, all_varchar = false)`;
      await connection.query(from === 0 ? `CREATE TABLE entries AS ${rows}` : `INSERT INTO entries ${rows}`);
    });
    await database.dropFile(file);
  }
  await pause();
  const time = (sql) => median(rows, () => connection.query(sql));
  result.sortNumber = await time("SELECT rowid FROM entries ORDER BY amount DESC");
  result.sortDate = await time("SELECT rowid FROM entries ORDER BY date DESC");
  result.filterRange = await time("SELECT rowid FROM entries WHERE amount BETWEEN 500 AND 2500");
  result.filterText = await time("SELECT rowid FROM entries WHERE note ILIKE '%lunch%'");
  result.totals = await time("SELECT currency, sum(amount) FROM entries GROUP BY currency");
  result.pivot = await time(
    "SELECT month, account, currency, sum(amount) FROM entries GROUP BY month, account, currency",
  );
  return result;
}
