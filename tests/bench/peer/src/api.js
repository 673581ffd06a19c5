import { useQuery } from "@tanstack/react-query";
import { useAuth } from "react-oidc-context";

/** The API's largest page. */
const PAGE = 100;

async function call(token, path, init = {}) {
  const response = await fetch(API + path, {
    ...init,
    headers: { ...init.headers, Authorization: `Bearer ${token}`, Accept: "application/json" },
  });
  if (!response.ok) throw new Error(`Pleo answered with the status ${response.status}.`);
  return response.json();
}

/** One page of the company's entries, newest first. */
export function searchEntries({ token, company, after, filter = {}, signal }) {
  const query = new URLSearchParams({ company_id: company, limit: PAGE });
  for (const [key, order] of [["performedAt", "DESC"], ["id", "ASC"]]) {
    query.append("sorting_keys", key);
    query.append("sorting_order", order);
  }
  if (after) query.set("after", after);
  return call(token, `/v1/accounting-entries:search?${query}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ includeDeleted: false, ...filter }),
    signal,
  });
}

export function useToken() {
  return useAuth().user?.access_token;
}

/** The first company that the token can see. */
export function useCompany() {
  const token = useToken();
  return useQuery({
    queryKey: ["companies"],
    queryFn: ({ signal }) => call(token, "/v1/companies", { signal }),
    select: (page) => page.data[0],
    enabled: Boolean(token),
  });
}
