import { type Day } from "../../domain/ground/day.js";
import { type AutonomyGroup, type Ownership, type SchoolLevel } from "../../domain/tree/unit.js";
import { searchKey } from "../../domain/ground/vietnamese.js";
import { type UnitDraft } from "../seed.js";
import { type Area, type Conduct, type DistrictPlan, type Plan } from "./plan.js";
import { diceFor } from "./dice.js";

/** A school for which records are made. */
export interface School extends Conduct {
  code: string;
  name: string;
  level: SchoolLevel;
  ownership: Ownership;
  /** Code of the federation that it stands under, with or without a union between. */
  federation: string;
  /** Code of its union; `null` for a school without one. */
  union: string | null;
  openedOn: Day;
  /** The documents have registered it already. */
  registered: boolean;
}

/** When a unit opened whose day nobody has told: an assumption, see seeds/README.md. */
const LONG_AGO: Day = "2010-01-01";

/** Every school of the demonstration, and those of the documents that stand in its districts. */
export function schoolsOf(plan: Plan, documents: readonly UnitDraft[]): School[] {
  const { exceptions, upperSecondary } = plan;
  const schools: School[] = [];
  const add = (
    conduct: Conduct,
    federation: string,
    sign: string,
    name: string,
    level: SchoolLevel,
    ownership: Ownership = "PUBLIC",
    union?: string,
  ) => {
    const code = `${federation}-${sign}`;
    const withoutUnion = level === "INDEPENDENT_NURSERY_GROUP" || exceptions.schoolsWithoutUnion.includes(code);
    schools.push({
      ...conductOf(conduct),
      code,
      name,
      level,
      ownership,
      federation,
      union: withoutUnion ? null : (union ?? `${code}-CD`),
      openedOn: exceptions.openedLater.find(({ school }) => school === code)?.on ?? LONG_AGO,
      registered: documents.some((unit) => unit.code === code),
    });
  };
  for (const district of plan.districts) {
    for (const commune of district.communes) addCommune(district, commune);
    addOthers(district);
    for (const unit of documents)
      if (unit.kind === "SCHOOL" && unit.code.startsWith(`${district.code}-`) && !schools.some(({ code }) => code === unit.code))
        add(district, district.code, unit.code.slice(district.code.length + 1), unit.name, unit.schoolLevel ?? "PRIMARY", unit.ownership);
  }
  for (const name of upperSecondary.schools) {
    const special = /THPT (DTNT|Chuyên) /.test(name);
    add(
      upperSecondary,
      upperSecondary.union,
      `THPT-${signOf(name.replace("Trường THPT ", ""))}`,
      name,
      special ? "SPECIAL" : "UPPER_SECONDARY",
    );
  }
  return schools;

  function addCommune(district: DistrictPlan, commune: string) {
    const made = (sign: string, name: string, level: SchoolLevel, letter = "") =>
      add(district, district.code, `${sign}-${signOf(commune)}${letter}`, `${name} ${commune}${letter && ` ${letter}`}`, level);
    const each = (communes: readonly string[] | undefined) => (communes?.includes(commune) ? ["A", "B"] : [""]);
    for (const letter of each(district.twoPreschools)) made("MN", "Trường Mầm non", "PRESCHOOL", letter);
    if (district.combined.includes(commune)) return made("TH-THCS", "Trường Tiểu học và THCS", "MULTI_LEVEL");
    if (district.boarding?.includes(commune)) {
      made("BTTH", "Trường PTDTBT Tiểu học", "SPECIAL");
      return made("BTTHCS", "Trường PTDTBT THCS", "SPECIAL");
    }
    for (const letter of each(district.twoPrimaries)) made("TH", "Trường Tiểu học", "PRIMARY", letter);
    made("THCS", "Trường THCS", "LOWER_SECONDARY");
  }

  function addOthers(district: DistrictPlan) {
    const made = (
      names: readonly string[] | undefined,
      sign: string,
      prefix: string,
      level: SchoolLevel,
      ownership: Ownership,
      union?: string,
    ) => {
      for (const name of names ?? []) add(district, district.code, `${sign}-${signOf(name)}`, `${prefix} ${name}`, level, ownership, union);
    };
    for (const name of district.continuingEducation ?? [])
      add(district, district.code, "GDTX", `Trung tâm GDNN-GDTX ${name}`, "CONTINUING_EDUCATION");
    made(district.privatePreschools, "MNTT", "Trường Mầm non tư thục", "PRESCHOOL", "PRIVATE");
    made(district.communityPreschools, "MNDL", "Trường Mầm non dân lập", "PRESCHOOL", "COMMUNITY");
    made(district.privateMultiLevel, "LCTT", "Trường Phổ thông liên cấp tư thục", "MULTI_LEVEL", "PRIVATE");
    made(district.nurseryGroups, "NTTT", "Nhóm trẻ độc lập tư thục", "INDEPENDENT_NURSERY_GROUP", "PRIVATE");
    for (const { name, schools: members } of district.sharedUnions ?? [])
      made(members, "MNTT", "Trường Mầm non tư thục", "PRESCHOOL", "PRIVATE", sharedUnionCode(district, name));
  }
}

/** The units to be registered for the schools: districts, unions and the schools themselves, parents first. */
export function unitsOf(plan: Plan, schools: readonly School[]): UnitDraft[] {
  const units: UnitDraft[] = [];
  for (const { code, kind, name, parent } of plan.districts)
    if (kind && name && parent) units.push({ code, kind, name, parent, openedOn: LONG_AGO });
  for (const district of plan.districts) {
    for (const { name } of district.sharedUnions ?? []) units.push(union(sharedUnionCode(district, name), name, district.code, LONG_AGO));
    for (const { code, name, openedOn } of district.occupationalUnions ?? [])
      units.push({ code, kind: "OCCUPATIONAL", name, parent: district.code, openedOn });
  }
  const known = new Set(units.map(({ code }) => code));
  for (const school of schools) {
    if (school.registered) continue;
    if (school.union && !known.has(school.union)) units.push(union(school.union, school.name, school.federation, school.openedOn));
    units.push({
      code: school.code,
      kind: "SCHOOL",
      name: school.name,
      parent: school.union ?? school.federation,
      openedOn: school.openedOn,
      schoolLevel: school.level,
      ownership: school.ownership,
      ...(school.ownership === "PUBLIC" ? { autonomyGroup: autonomyOf(school) } : {}),
    });
  }
  return units;
}

function union(code: string, of: string, parent: string, openedOn: Day): UnitDraft {
  return { code, kind: "GRASSROOTS", name: `Công đoàn cơ sở ${of}`, parent, openedOn };
}

function sharedUnionCode(district: DistrictPlan, name: string): string {
  return `${district.code}-${signOf(name)}-CD`;
}

function conductOf({ area, completion, window }: Conduct): Conduct {
  return { area, completion, window };
}

/** Of 100 public schools, how many are in autonomy groups 2 and 3; the others live on the budget (group 4). */
const SELF_FINANCED: Record<Area, [number, number]> = { MOUNTAIN: [0, 6], CITY: [0, 28], CAPITAL: [5, 40] };

function autonomyOf(school: School): AutonomyGroup {
  const [second, third] = SELF_FINANCED[school.area];
  const rolled = diceFor(`${school.code} autonomy`).between(1, 100);
  return rolled <= second ? "GROUP_2" : rolled <= second + third ? "GROUP_3" : "GROUP_4";
}

/** A name as part of a code: "Cổ Nhuế 2" becomes CONHUE2. */
function signOf(name: string): string {
  return searchKey(name)
    .replace(/[^a-z0-9]/g, "")
    .toUpperCase();
}
