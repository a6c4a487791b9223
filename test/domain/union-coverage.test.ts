import { type Dossier } from "../../src/domain/counting/dossier.js";
import { type Status } from "../../src/domain/counting/obligation.js";
import { schoolHasUnion } from "../../src/domain/counting/union-coverage.js";
import { cases, dossier, statusOf, yearAfter } from "./harness.js";

cases<[Dossier, Status]>(
  [
    ["a school under a union has one", dossier(), "YES"],
    ["a school under a federation has none", dossier({ parentLevel: "DISTRICT" }), "NO"],
    ["a school under nobody has none", dossier({ parentLevel: null }), "NO"],
    ["a private school may have one", dossier({ ownership: "PRIVATE", parentLevel: "DISTRICT" }), "NO"],
    ["a school paid by the budget may have one before 15 June 2025", dossier({ autonomyGroup: "GROUP_4", parentLevel: "DISTRICT" }), "NO"],
    ["and may have none after", dossier({ autonomyGroup: "GROUP_4", parentLevel: "DISTRICT", schoolYear: yearAfter }), "NOT_ELIGIBLE"],
    ["nor does one that is still there count", dossier({ autonomyGroup: "GROUP_4", schoolYear: yearAfter }), "NOT_ELIGIBLE"],
    ["a school of group 3 may have one after", dossier({ autonomyGroup: "GROUP_3", schoolYear: yearAfter }), "YES"],
    ["a union is no school", dossier({ kind: "GRASSROOTS" }), "NOT_ELIGIBLE"],
  ],
  (subject, status) => expect(statusOf(schoolHasUnion, subject)).toBe(status),
);
