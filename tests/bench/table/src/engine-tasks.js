import init, { Engine, Source } from "./engine.js";
import { median, once, pause } from "./timing.js";

export async function engine(rows) {
  await init();
  const source = new Source();
  const table = new Engine(source);
  const result = {};
  let load = 0;
  for (let loaded = 0; loaded < rows; ) {
    const page = source.page();
    load += await once(() => {
      loaded += table.append(page);
    });
  }
  result.load = load;
  result.bytesPerRow = table.bytes() / table.rows();
  await pause();

  result.sortNumber = await median(rows, () => table.sort("amount"));
  result.sortDate = await median(rows, () => table.sort("date"));
  // As the app does it: the browser's collator ranks each distinct text once.
  result.sortTextCold = await once(() => {
    table.set_ranks("note", ranks(table.distinct("note")));
    table.sort("note");
  });
  await pause();
  result.sortText = await median(rows, () => table.sort("note"));
  result.filterRange = await median(rows, () => table.filter("amount:500..2500"));
  result.filterText = await median(rows, () => table.filter("note:lunch"));
  result.totals = await median(rows, () => table.totals());
  result.pivot = await median(rows, () => table.pivot());
  await pause();

  const slices = [];
  result.csv = 0;
  result.csvBytes = 0;
  result.csvColumns = table.begin_csv();
  let size = 500;
  for (;;) {
    let text;
    const time = await once(() => {
      text = table.csv(size);
    });
    if (text === undefined) {
      break;
    }
    slices.push(time);
    result.csv += time;
    result.csvBytes += text.length;
    // As the app does it.
    size = time < 8 ? size * 2 : time > 16 ? Math.max(1, Math.floor(size / 2)) : size;
  }
  result.longestSlice = Math.max(...slices);
  return result;
}

const collator = new Intl.Collator(undefined, { numeric: true });

function ranks(texts) {
  const sorted = [...texts].sort(collator.compare);
  const places = new Map(sorted.map((text, place) => [text, place]));
  return Uint32Array.from(texts, (text) => places.get(text));
}
