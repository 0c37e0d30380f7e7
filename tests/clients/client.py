"""Lists, pages, reads and proposes by the client that openapi-generator writes of the OpenAPI document."""

import json
import sys
from importlib import import_module
from typing import Any

made: Any = import_module("duixian_client")


def main(site: str, token: str, proposed: str) -> dict[str, Any]:
    """Return what was found."""
    with made.ApiClient(made.Configuration(host=site, access_token=token)) as client:
        commitments = made.CommitmentsApi(client)
        listed, cursor = [], None
        while True:
            page = commitments.commitments_list(page_size=2, cursor=cursor)
            listed += [row.id for row in page.results]
            cursor = page.next_cursor
            if cursor is None:
                break
        try:
            commitments.commitments_list(ordering="days_overdue")
        except made.ApiException as error:
            refused = error.data.errors[0].parameter
        answer = made.EvidenceApi(client).evidence_propose(made.ProposalInput.from_json(proposed))
        return {
            "listed": listed,
            "detail": commitments.commitments_retrieve(str(listed[0])).id,
            "report": made.ReportsApi(client).reports_retrieve("500112", "2021", fields=["key", "year"]).key,
            "total": made.StatsApi(client).stats_list(by=["category", "year"]).total,
            "refused": refused,
            "state": answer.state,
            "proposal": answer.id,
        }


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
