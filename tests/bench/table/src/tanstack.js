import {
  columnFilteringFeature,
  constructTable,
  createFilteredRowModel,
  createSortedRowModel,
  filterFn_betweenInclusive,
  filterFn_includesString,
  rowSortingFeature,
  sortFn_basic,
  tableFeatures,
} from "@tanstack/table-core";
import { storeReactivityBindings } from "@tanstack/table-core/store-reactivity-bindings";
import { csv, objects } from "./rows.js";
import { median, once, pause } from "./timing.js";

/** The table of the React app without React: what it computes between a click and drawing. */
export async function tanstack(rows) {
  const { all, load } = await objects(rows);
  const collator = new Intl.Collator(undefined, { numeric: true });
  const features = tableFeatures({
    coreReactivityFeature: storeReactivityBindings(),
    rowSortingFeature,
    columnFilteringFeature,
    sortedRowModel: createSortedRowModel(),
    filteredRowModel: createFilteredRowModel(),
    sortFns: { basic: sortFn_basic },
    filterFns: { between: filterFn_betweenInclusive, includes: filterFn_includesString },
  });
  const byText = (one, other, id) => collator.compare(one.getValue(id), other.getValue(id));
  const columns = [
    { accessorKey: "date", sortFn: "basic" },
    { accessorKey: "note", sortFn: byText, filterFn: "includes" },
    { accessorKey: "amount", sortFn: "basic", filterFn: "between" },
  ];
  const table = constructTable({ features, columns, data: all, getRowId: (row) => row.id });
  const length = () => table.getRowModel().rows.length;
  const result = { load };
  result.load += await once(length);
  await pause();
  const sort = (id) => async (run) => {
    table.setSorting([{ id, desc: run % 2 === 0 }]);
    return length();
  };
  result.sortNumber = await median(rows, sort("amount"));
  result.sortDate = await median(rows, sort("date"));
  result.sortTextCold = await once(() => sort("note")(0));
  result.sortText = await once(() => sort("note")(1));
  table.setSorting([]);
  length();
  const filter = (id, value) => async (run) => {
    // Another filter each time, so that nothing is taken from a cache.
    table.setColumnFilters([{ id, value: value(run) }]);
    return length();
  };
  result.filterRange = await median(rows, filter("amount", (run) => [500 - run, 2500]));
  result.filterText = await median(rows, filter("note", (run) => (run % 2 === 0 ? "lunch" : "hotel")));
  table.setColumnFilters([]);
  length();
  await pause();
  result.csv = await once(() => csv(table.getRowModel().rows.map((row) => row.original)).length);
  return result;
}
