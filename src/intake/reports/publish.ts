import { LEVEL_IN_VIETNAMESE } from "../../domain/tree/unit.js";
import { vietnameseNumber } from "../../domain/ground/words.js";
import { type Day, vietnameseDay } from "../../domain/ground/day.js";
import { type Problem, problem } from "../../domain/ground/problem.js";
import { periodClosing } from "../../domain/records/kinds/period-closing.js";
import { type SchoolYear } from "../../domain/tree/school-year.js";
import { cleanText } from "../../domain/ground/vietnamese.js";
import { digestOf, freeze, showsTheSame } from "../../ledger/vintage.js";
import type { Stores } from "../../storage/stores/stores.js";
import { type Change, type Result } from "../../work/change.js";
import { References } from "../../work/references.js";
import { branchFingerprint, changedSince, unreadable } from "./fingerprints.js";
import { permittedOne } from "../permission.js";
import { unknownYear } from "../records/reading.js";
import type { VintageRow } from "../../domain/analysis/vintage.js";

/** What is to be published. `unit`: id or code of a provincial federation. */
export interface Publication {
  unit: string;
  schoolYear: string;
  title: string;
  remark: string | null;
  /** Of the figures of the branch that the caller has read. */
  fingerprint: string | null;
}

export interface PublicationResult extends Result {
  /** The vintage; after UNCHANGED the one that says the same already. */
  vintage: VintageRow | null;
}

const LONGEST_TITLE = 300;
const LONGEST_REMARK = 500;

/** Whether the reports of a school year are closed for a unit and all below it, by itself or from above. */
async function isClosed(stores: Stores, unitId: string, { label }: SchoolYear): Promise<boolean> {
  const held = await stores.reports.over([unitId], [label]);
  return held.some(({ record }) => record.kind === periodClosing.key && record.key === "WHOLE_YEAR");
}

/**
 * Publishes a school year of a province: freezes all its figures with what they are computed by and gives them an id to be
 * cited by. The same figures under the same title are not published twice: sent again, it answers UNCHANGED.
 */
export function publishVintage(stores: Stores, change: Change, asked: Publication): Promise<PublicationResult> {
  return permittedOne(change, "STEWARD", { vintage: null }, () => publish(stores, change, asked));
}

async function publish(stores: Stores, change: Change, asked: Publication): Promise<PublicationResult> {
  await stores.gate.alone();
  const problems: Problem[] = [];
  const title = cleanText(asked.title);
  const remark = cleanText(asked.remark ?? "") || null;
  const references = await References.find(stores, change, [asked.unit]);
  const unitId = references.id(asked.unit);
  const about = unitId ? [unitId] : [];
  const refused = (): PublicationResult => ({ outcome: "REJECTED", about, vintage: null, problems });
  if (!unitId) problems.push(await references.notFound(asked.unit, "unit"));
  const years = await stores.schoolYears.all();
  const year = years.find(({ label }) => label === asked.schoolYear);
  if (!year) problems.push(unknownYear(asked.schoolYear, years));
  problems.push(...unreadable(asked.fingerprint, true));
  problems.push(...wordsRefused(title, remark));
  const unit = unitId ? (await stores.unitReader.views([unitId], change.today)).get(unitId) : undefined;
  if (unit && unit.level !== "PROVINCE")
    problems.push(
      problem("WRONG_LEVEL", "unit", {
        en: `${unit.code} is of level ${unit.level}; a school year is published by a provincial federation.`,
        vi: `${unit.code} là ${LEVEL_IN_VIETNAMESE[unit.level]}; số liệu năm học do liên đoàn cấp tỉnh công bố.`,
      }),
    );
  else if (unit && year) {
    const open = await stillOpen(stores, unit.id, year, change.today);
    const of = { unitId: unit.id, level: unit.level, schoolYear: year.label, period: "WHOLE_YEAR" } as const;
    if (open) problems.push(open);
    else problems.push(...(await changedSince(stores, change, asked.fingerprint, await branchFingerprint(stores, of), of)));
  }
  if (problems.length > 0 || !unit || !year) return refused();

  const content = await freeze(stores, unit, year);
  if (content.dossiers.length === 0) {
    problems.push(
      problem("UNIT_CLOSED", "unit", {
        en: `${unit.code} was not open on ${year.referenceDate}; it has no figures of ${year.label} to publish.`,
        vi: `${unit.code} không hoạt động vào ngày ${vietnameseDay(year.referenceDate)}, nên không có số liệu năm học ${year.label} để công bố.`,
      }),
    );
    return refused();
  }
  const last = (await stores.vintages.ofUnit(unit.id, year.label)).at(-1);
  if (last && last.title === title && last.remark === remark && (await showsTheSame(stores, last, content)))
    return { outcome: "UNCHANGED", about, vintage: last, problems: [] };
  const ordinal = (last?.ordinal ?? 0) + 1;
  const head = {
    id: `${unit.code}-${year.label}-${ordinal}`,
    ...{ unitId: unit.id, schoolYear: year.label, ordinal, title, remark },
    ...{ publishedAt: change.now, publishedBy: change.caller.name },
    ...{ publishedByToken: change.caller.tokenId, publishedByUnit: change.caller.unitId },
    fingerprint: asked.fingerprint,
  };
  const vintage = { ...head, digest: await digestOf(head, content, stores.pause) };
  await stores.vintages.insert(vintage, content);
  return { outcome: "STORED", about, vintage, problems: [] };
}

/** What is wrong with the words under which a vintage is published. */
function wordsRefused(title: string, remark: string | null): Problem[] {
  const problems: Problem[] = [];
  if (title === "")
    problems.push(
      problem("REQUIRED", "title", {
        en: "title is empty: say what is published, as it is printed on the report.",
        vi: "Thiếu tên công bố (title): ghi như in trên báo cáo.",
      }),
    );
  if ([...title].length > LONGEST_TITLE)
    problems.push(
      problem("OUT_OF_RANGE", "title", {
        en: `The title has ${[...title].length} characters; expected at most ${LONGEST_TITLE}.`,
        vi: `Tên công bố có ${vietnameseNumber([...title].length)} ký tự; tối đa là ${LONGEST_TITLE}.`,
      }),
    );
  if (remark && [...remark].length > LONGEST_REMARK)
    problems.push(
      problem("OUT_OF_RANGE", "remark", {
        en: `The remark has ${[...remark].length} characters; expected at most ${LONGEST_REMARK}.`,
        vi: `Ghi chú có ${vietnameseNumber([...remark].length)} ký tự; tối đa là ${LONGEST_REMARK}.`,
      }),
    );
  return problems;
}

async function stillOpen(stores: Stores, unitId: string, year: SchoolYear, today: Day): Promise<Problem | null> {
  const { label, endsOn, referenceDate } = year;
  const last = endsOn > referenceDate ? endsOn : referenceDate;
  if (today <= last)
    return problem("PERIOD_OPEN", "schoolYear", {
      en: `${label} runs until ${last} (today is ${today}); it is published when it has ended.`,
      vi: `Năm học ${label} kéo dài đến ngày ${vietnameseDay(last)} (hôm nay là ${vietnameseDay(today)}); công bố khi năm học đã kết thúc.`,
    });
  return (await isClosed(stores, unitId, year))
    ? null
    : problem("PERIOD_OPEN", "schoolYear", {
        en: `The reports of ${label} are not closed yet; close the period (closePeriod), then publish it.`,
        vi: `Báo cáo năm học ${label} chưa khóa sổ; hãy khóa sổ kỳ báo cáo (closePeriod) rồi công bố.`,
      });
}
