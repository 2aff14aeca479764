"""A council's list and a village's own list: which entries mean the same asset?"""

import tempfile
from pathlib import Path

from fairground import report
from fairground.questions.wealth.linking import links, pairs_to_ask

COUNCIL = """id,name,address,postcode
C1,Mill Lane Library,12 Mill Lane,TN34 3AB
C2,PARK RD DEPOT,PARK RD,TN34 1AA
C3,Rec Gnd - Pavilion,High Street,TN35 5EZ
C4,Recreation Ground,High Street,TN35 5EZ
"""
COMMUNITY = """id,name,address,postcode
P1,the old libary,Mill Ln,TN34 3AB
P2,playing field,High St,TN35
P3,chapel on the quay,Quay Hill,
"""
SAID = [
    {"council": "C1", "community": "P1", "same": "yes"},
    {"council": "C3", "community": "P2", "same": "no"},
    {"council": "C4", "community": "P2", "same": "yes"},
]

with tempfile.TemporaryDirectory() as folder:
    council, community = Path(folder) / "council.csv", Path(folder) / "community.csv"
    council.write_text(COUNCIL, "utf-8")
    community.write_text(COMMUNITY, "utf-8")
    for row in pairs_to_ask(council, community, number=3).value.rows:
        print("Are these the same?", row.council_name, "/", row.community_name)
    answer = links(council, community, SAID)
    print(report.headline(answer))
    for link in answer.value.rows:
        print("-", link.council_name, "=", link.community_name, f"({link.probability:.0%})")
    for alone in answer.value.not_listed:
        print("- not on the council's list:", alone.name)
