import { useInfiniteQuery } from "@tanstack/react-query";
import {
  columnFilteringFeature,
  createColumnHelper,
  createFilteredRowModel,
  createSortedRowModel,
  filterFn_betweenInclusive,
  filterFn_includesString,
  rowSortingFeature,
  sortFn_basic,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef, useState } from "react";
import { searchEntries, useCompany, useToken } from "../api.js";
import { download, toCsv } from "../csv.js";
import { digits, major, written } from "../money.js";

const ROW = 36;
const features = tableFeatures({
  rowSortingFeature,
  columnFilteringFeature,
  sortedRowModel: createSortedRowModel(),
  filteredRowModel: createFilteredRowModel(),
  sortFns: { basic: sortFn_basic },
  filterFns: { between: filterFn_betweenInclusive, includes: filterFn_includesString },
});
const collator = new Intl.Collator();
const byText = (one, other, id) => collator.compare(one.getValue(id), other.getValue(id));
const date = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });

const helper = createColumnHelper();
const columns = helper.columns([
  helper.accessor("performedAt", {
    header: "Date",
    sortFn: "basic",
    cell: ({ getValue }) => date.format(new Date(getValue())),
  }),
  helper.accessor((entry) => entry.note ?? "", {
    id: "note",
    header: "Description",
    sortFn: byText,
    filterFn: "includes",
  }),
  helper.accessor("family", { header: "Type", sortFn: "basic", cell: ({ getValue }) => label(getValue()) }),
  helper.accessor("status", { header: "Status", sortFn: "basic", cell: ({ getValue }) => label(getValue()) }),
  helper.accessor((entry) => major(entry.transactionValue), {
    id: "amount",
    header: "Amount",
    sortFn: "basic",
    filterFn: "between",
    cell: ({ row }) => written(row.original.transactionValue),
  }),
]);

/** `CARD_PURCHASE` as "Card purchase". */
function label(code) {
  const words = code.toLowerCase().replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const NO_ENTRIES = [];

export default function Entries() {
  const token = useToken();
  const company = useCompany();
  const [loadingAll, setLoadingAll] = useState(false);
  const query = useInfiniteQuery({
    queryKey: ["entries", company.data?.id],
    queryFn: ({ pageParam, signal }) =>
      searchEntries({ token, company: company.data.id, after: pageParam, signal }),
    initialPageParam: undefined,
    getNextPageParam: ({ pagination }) =>
      pagination.hasNextPage ? pagination.endCursor : undefined,
    enabled: Boolean(company.data),
  });
  const entries = useMemo(
    () => query.data?.pages.flatMap((page) => page.data) ?? NO_ENTRIES,
    [query.data],
  );
  const loadAll = async () => {
    setLoadingAll(true);
    try {
      let more = query.hasNextPage;
      while (more) {
        const result = await query.fetchNextPage();
        more = result.hasNextPage && !result.isError;
      }
    } finally {
      setLoadingAll(false);
    }
  };
  const table = useTable({ features, columns, data: entries, getRowId: (entry) => entry.id });
  const { rows } = table.getRowModel();
  const [filters, setFilters] = useState({ note: "", amount: "" });
  const filter = (id, parse) => (event) => {
    const text = event.target.value;
    setFilters((before) => ({ ...before, [id]: text }));
    table.getColumn(id).setFilterValue(text === "" ? undefined : parse(text));
  };
  const range = (text) => text.split("..").map(Number);
  const total = query.data?.pages[0].pagination.total;
  const error = company.error ?? query.error;
  const save = () => download("entries.csv", toCsv(rows.map((row) => record(row.original))));
  return (
    <>
      <h1>Entries</h1>
      <div className="actions">
        <button type="button" onClick={loadAll} disabled={loadingAll || !query.hasNextPage}>
          Load all{total ? ` ${total.toLocaleString()}` : ""}
        </button>
        <button type="button" onClick={save} disabled={rows.length === 0}>
          Export
        </button>
        <input
          name="note"
          aria-label="Description contains"
          value={filters.note}
          onChange={filter("note", (text) => text)}
        />
        <input
          name="amount"
          aria-label="Amount, as 500..2500"
          value={filters.amount}
          onChange={filter("amount", range)}
        />
        <span role="status">{entries.length.toLocaleString()} entries loaded</span>
      </div>
      {error && (
        <p className="alert" role="alert">
          {error.message}
        </p>
      )}
      <Grid table={table} rows={rows} />
    </>
  );
}

function Grid({ table, rows }) {
  const scroller = useRef(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    getItemKey: (index) => rows[index].id,
    overscan: 8,
  });
  return (
    <div className="grid" role="grid" aria-rowcount={rows.length + 1} ref={scroller}>
      <div className="row head" role="row" aria-rowindex={1}>
        {table.getHeaderGroups()[0].headers.map(({ id, column }) => {
          const sorted = column.getIsSorted();
          return (
            <div
              key={id}
              role="columnheader"
              className={id}
              aria-sort={sorted ? `${sorted}ending` : "none"}
            >
              <button type="button" onClick={column.getToggleSortingHandler()}>
                {column.columnDef.header}
              </button>
            </div>
          );
        })}
      </div>
      <div className="rows" role="rowgroup" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => (
          <div
            key={item.key}
            className="row"
            role="row"
            aria-rowindex={item.index + 2}
            style={{ transform: `translateY(${item.start}px)` }}
          >
            {rows[item.index].getAllCells().map((cell) => (
              <div key={cell.id} role="gridcell" className={cell.column.id}>
                <table.FlexRender cell={cell} />
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

/** One entry as the cells of a file. */
function record(entry) {
  const { currency } = entry.transactionValue;
  return {
    Date: entry.performedAt,
    Description: entry.note ?? "",
    Type: label(entry.family),
    Status: label(entry.status),
    Currency: currency,
    Amount: major(entry.transactionValue).toFixed(digits(currency)),
  };
}
