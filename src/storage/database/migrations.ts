import { First1760000000000 } from "../migrations/1760000000000-first.js";
import { Findings1760000002000 } from "../migrations/1760000002000-findings.js";
import { Vintages1760000004000 } from "../migrations/1760000004000-vintages.js";
import { Lineage1760000005000 } from "../migrations/1760000005000-lineage.js";
import { Idempotency1760000006000 } from "../migrations/1760000006000-idempotency.js";
import { Audits1760000007000 } from "../migrations/1760000007000-audits.js";
import { Turns1760000008000 } from "../migrations/1760000008000-turns.js";
import { RevokedSubjects1760000009000 } from "../migrations/1760000009000-revoked-subjects.js";
import { KnownLate1760000010100 } from "../migrations/1760000010100-known-late.js";
import { Editions1760000013000 } from "../migrations/1760000013000-editions.js";
import { LongTexts1760000010200 } from "../migrations/1760000010200-long-texts.js";
import { MarksOfBranches1760000011000 } from "../migrations/1760000011000-marks-of-branches.js";
import { WhoDidIt1760000016000 } from "../migrations/1760000016000-who-did-it.js";
import { UnitVersions1760000023000 } from "../migrations/1760000023000-unit-versions.js";
import { ClosedInYear1760000019000 } from "../migrations/1760000019000-closed-in-year.js";
import { Fingerprints1760000021000 } from "../migrations/1760000021000-fingerprints.js";
import { CountsOthers1760000026000 } from "../migrations/1760000026000-counts-others.js";
import { FoldedKeys1760000014000 } from "../migrations/1760000014000-folded-keys.js";
import { FrozenDueDays1760000020000 } from "../migrations/1760000020000-frozen-due-days.js";
import { SchoolYearVersions1760000025000 } from "../migrations/1760000025000-school-year-versions.js";
import { FewFirst1760000029000 } from "../migrations/1760000029000-few-first.js";
import { MergedUnits1760000028000 } from "../migrations/1760000028000-merged-units.js";

/** Every migration; those that a database has not seen run in the order of their numbers. A new one is a file in `migrations/` and a line here. */
export const migrations = [
  First1760000000000,
  Findings1760000002000,
  Vintages1760000004000,
  Lineage1760000005000,
  Idempotency1760000006000,
  Audits1760000007000,
  Turns1760000008000,
  RevokedSubjects1760000009000,
  KnownLate1760000010100,
  LongTexts1760000010200,
  MarksOfBranches1760000011000,
  Editions1760000013000,
  FoldedKeys1760000014000,
  WhoDidIt1760000016000,
  ClosedInYear1760000019000,
  FrozenDueDays1760000020000,
  Fingerprints1760000021000,
  UnitVersions1760000023000,
  SchoolYearVersions1760000025000,
  CountsOthers1760000026000,
  MergedUnits1760000028000,
  FewFirst1760000029000,
];
