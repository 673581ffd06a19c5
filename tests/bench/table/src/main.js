// Times the table engine, arrays of objects, TanStack Table and DuckDB on the same entries. The address names
// the contestant and the number of entries (`?who=engine&rows=100000`), so that each has a page of its own.
// The result is in `window.result`: milliseconds by task, or `{ error }`.
import { array } from "./array.js";
import { duckdb } from "./duckdb.js";
import { engine } from "./engine-tasks.js";
import { tanstack } from "./tanstack.js";

const query = new URLSearchParams(location.search);
const contestants = { engine, array, tanstack, duckdb };
try {
  window.result = await contestants[query.get("who")](Number(query.get("rows")));
} catch (error) {
  window.result = { error: String(error) };
}
