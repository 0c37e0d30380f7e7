// Lists, pages, reads and proposes by the types that openapi-typescript writes of the OpenAPI document.
import createClient from "openapi-fetch";
import type { components, paths } from "./duixian.js";

const [site = "", token = "", proposed = ""] = process.argv.slice(2);
const client = createClient<paths>({ baseUrl: site });

async function ids(): Promise<number[]> {
  const found: number[] = [];
  let cursor: string | undefined;
  do {
    const { data, error } = await client.GET("/api/v1/commitments/", { params: { query: { page_size: 2, cursor } } });
    if (!data) throw new Error(error?.detail);
    // The same list comes as CSV, too; this is what comes unless that is asked for.
    const page = data as components["schemas"]["CommitmentPage"];
    for (const row of page.results) if (row.id !== undefined) found.push(row.id);
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined);
  return found;
}

const listed = await ids();
const id = String(listed[0]);
const detail = await client.GET("/api/v1/commitments/{id}/", { params: { path: { id } } });
const report = await client.GET("/api/v1/reports/{jurisdiction}-{year}/", {
  params: { path: { jurisdiction: "500112", year: "2021" }, query: { fields: ["key", "year"] } },
});
const counted = await client.GET("/api/v1/stats/", { params: { query: { by: ["category", "year"] } } });
const refused = await client.GET("/api/v1/commitments/", { params: { query: { ordering: "days_overdue" } } });
const body: components["schemas"]["ProposalInput"] = JSON.parse(proposed);
const answer = await client.POST("/api/v1/evidence/", { body, headers: { Authorization: `Bearer ${token}` } });
console.log(
  JSON.stringify({
    listed,
    detail: detail.data?.id,
    report: report.data?.key,
    total: counted.data?.total,
    refused: refused.error?.errors?.[0]?.parameter,
    state: answer.data?.state,
    proposal: answer.data?.id,
  }),
);
