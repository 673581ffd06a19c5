import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { searchEntries, useCompany, useToken } from "../api.js";
import { major, written } from "../money.js";

const MONTHS = 12;
const PURCHASES = new Set([
  "CARD_PURCHASE",
  "OUT_OF_POCKET",
  "MILEAGE",
  "PER_DIEM",
  "BILL_INVOICE",
  "CREDIT_NOTE",
  "PLEO_INVOICE",
]);
const BINDING = new Set(["COMPLETED", "COMPLETED_EXTERNALLY", "PENDING"]);

/** The months of the period in UTC, the oldest first, as `2026-11`. */
function months(now = new Date()) {
  return Array.from({ length: MONTHS }, (_, at) => {
    const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - MONTHS + 1 + at));
    return month.toISOString().slice(0, 7);
  });
}

/** Sums of the period by currency and month, read page by page. */
async function readSpend({ token, company, period, signal }) {
  const sums = new Map();
  let after;
  do {
    const filter = { performedAtStart: `${period[0]}-01T00:00:00Z` };
    const page = await searchEntries({ token, company, after, filter, signal });
    for (const entry of page.data) {
      if (!PURCHASES.has(entry.family) || !BINDING.has(entry.status)) continue;
      const { currency, minors } = entry.transactionValue;
      const month = entry.performedAt.slice(0, 7);
      const sum = sums.get(currency) ?? { currency, entries: 0, months: new Map() };
      sum.entries += 1;
      sum.months.set(month, (sum.months.get(month) ?? 0) + minors);
      sums.set(currency, sum);
    }
    after = page.pagination.hasNextPage ? page.pagination.endCursor : undefined;
  } while (after);
  return [...sums.values()].sort((one, other) => other.entries - one.entries);
}

export default function Overview() {
  const token = useToken();
  const company = useCompany();
  const period = useMemo(() => months(), []);
  const spend = useQuery({
    queryKey: ["spend", company.data?.id, period[0]],
    queryFn: ({ signal }) => readSpend({ token, company: company.data.id, period, signal }),
    enabled: Boolean(company.data),
  });
  const error = company.error ?? spend.error;
  return (
    <>
      <h1>{company.data?.name ?? "Overview"}</h1>
      {error && (
        <p className="alert" role="alert">
          {error.message}
        </p>
      )}
      {spend.isPending && !error && <p role="status">Loading spend…</p>}
      {spend.data && <Spend sums={spend.data} period={period} />}
    </>
  );
}

function Spend({ sums, period }) {
  const [main] = sums;
  const bars = useMemo(
    () =>
      main
        ? period.map((month) => ({
            month,
            amount: major({ currency: main.currency, minors: main.months.get(month) ?? 0 }),
          }))
        : [],
    [main, period],
  );
  if (!main) return <p>Nothing was spent in this period.</p>;
  return (
    <section aria-labelledby="spend">
      <h2 id="spend">Spend in the last 12 months, {main.currency}</h2>
      <ResponsiveContainer width="100%" height={280}>
        <BarChart data={bars} accessibilityLayer>
          <CartesianGrid vertical={false} />
          <XAxis dataKey="month" />
          <YAxis width={80} />
          <Tooltip />
          <Bar dataKey="amount" name={main.currency} fill="var(--accent)" isAnimationActive={false} />
        </BarChart>
      </ResponsiveContainer>
      <table>
        <caption>Spend by month and currency</caption>
        <thead>
          <tr>
            <th scope="col">Month</th>
            {sums.map(({ currency }) => (
              <th key={currency} scope="col" className="amount">
                {currency}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {period.toReversed().map((month) => (
            <tr key={month}>
              <th scope="row">{month}</th>
              {sums.map(({ currency, months: all }) => (
                <td key={currency} className="amount">
                  {all.has(month) && written({ currency, minors: all.get(month) })}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
