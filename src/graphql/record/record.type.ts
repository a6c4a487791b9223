import { Args, type ClassType, Ctx, Field, Int, InterfaceType, ObjectType } from "type-graphql";
import { findingsOfRecord, MOST_FINDINGS } from "../../domain/findings/examination.js";
import { type RecordFinding } from "../../domain/findings/finding.js";
import { type Content, type RowsField, type UnitsField } from "../../domain/records/field.js";
import { unitWithin } from "../../domain/records/unit-lists.js";
import { type RecordKind } from "../../domain/records/kind.js";
import { recordKinds } from "../../domain/records/catalogue.js";
import { type RecordState, type StoredRecord } from "../../domain/records/record.js";
import { type Provenance } from "../../domain/tree/unit.js";
import { collectiveAgreement } from "../../domain/records/kinds/collective-agreement.js";
import { emulationCluster } from "../../domain/records/kinds/emulation-cluster.js";
import { Costs, Free } from "../cost/price.js";
import { AuthorType } from "../unit/author.type.js";
import { compareKeys, type Page, PageArgs, pageOf, pageOfAll, type Paging, pagingOf, slicedRows } from "../engine/connection.js";
import { NUMBER, type SortValue, TEXT } from "../engine/cursor.js";
import { type GraphContext } from "../engine/context.js";
import { enumOf, ProvenanceEnum, RecordStateEnum } from "../engine/enums.js";
import { NodeType } from "../engine/node.type.js";
import { declareFields, isPaged, rowConnection } from "./record.fields.js";
import { FindingType } from "./record-finding.type.js";
import { authorOf, RecordVersionConnection, type RecordVersionType, toldUnits, versionPage } from "./record-version.type.js";
import { UnitConnection } from "../unit/unit.query.js";
import { Ancestor, ancestorsOf, unitOf, UnitType } from "../unit/unit.type.js";

export const RecordKindEnum = enumOf(
  "RecordKind",
  "Kinds of records.",
  Object.fromEntries(recordKinds.map(({ key, description }) => [key, description])),
);

/** What all kinds of records have in common. */
@InterfaceType("Record", {
  description: "What a unit reports (hồ sơ). A correction is a new version; former ones stay readable.",
  implements: NodeType,
})
export abstract class RecordType extends NodeType {
  constructor(readonly record: StoredRecord) {
    super();
    const { recordId, kind, schoolYear, version, state, provenance, recordedAt, reason } = record;
    Object.assign(this, { id: recordId, kind, schoolYear, version, state, provenance, recordedAt, reason });
    this.recordedBy = authorOf(record);
  }

  @Field(() => RecordKindEnum, { description: "What kind of record it is (loại hồ sơ)." })
  kind: string;
  @Field(() => String, {
    nullable: true,
    description: "Label of the school year that it belongs to; null for a record whose days say where it counts.",
  })
  schoolYear: string | null;
  @Field(() => Int, { description: "Counts the versions; give it as expectedVersion to correct or withdraw." })
  version: number;
  @Field(() => RecordStateEnum, { description: "Whether it counts, or was taken back." })
  state: RecordState;
  @Field(() => ProvenanceEnum, { description: "Whether it was reported, stands in a document or was made for demonstration." })
  provenance: Provenance;
  @Field(() => Date, { description: "When this version was stored." })
  recordedAt: Date;
  @Free("HELD")
  @Field(() => AuthorType, { description: "Who stored this version (người ghi)." })
  recordedBy: AuthorType;
  @Field(() => String, { nullable: true, description: "Why this version was stored, where somebody said so." })
  reason: string | null;

  @Free("BATCHED")
  @Field(() => UnitType, { nullable: true, description: "The unit that reported it; null outside the caller's branch." })
  async unit(@Ctx() context: GraphContext): Promise<UnitType | null> {
    const view = await context.loaders.unit(this.record.unitId);
    return view && unitOf(view);
  }

  @Free("BATCHED")
  @Field(() => Ancestor, { description: "The name of the unit that reported it." })
  async reporter(@Ctx() context: GraphContext): Promise<Ancestor> {
    const [reporter] = await ancestorsOf(context, [this.record.unitId]);
    if (!reporter) throw new Error(`record ${this.id} has no unit`);
    return reporter;
  }

  @Costs({ most: MOST_FINDINGS })
  @Field(() => [FindingType], { description: "What looks wrong in it by itself; unit.findings also compares it with others." })
  async findings(@Ctx() context: GraphContext): Promise<RecordFinding[]> {
    const years = await context.loaders.schoolYears();
    const { kind, content, schoolYear } = this.record;
    const year = years.find(({ label }) => label === schoolYear) ?? null;
    return this.state === "WITHDRAWN" ? [] : findingsOfRecord({ key: kind }, content, year, context.today);
  }

  @Free("PAGED")
  @Field(() => RecordVersionConnection, { description: "All versions, the newest first." })
  versions(@Ctx() context: GraphContext, @Args(() => PageArgs) page: PageArgs): Promise<Page<RecordVersionType>> {
    return versionPage(context, this.record, page);
  }
}

/** The object type of a kind of record, out of its declaration. */
function recordTypeOf(kind: RecordKind): ClassType<RecordType> {
  const type = { [kind.typeName]: class extends RecordType {} }[kind.typeName] as unknown as ClassType<RecordType>;
  ObjectType(kind.typeName, { description: kind.description, implements: [NodeType, RecordType], simpleResolvers: true })(type);
  const fields = Object.entries(kind.fields);
  for (const [name, field] of fields)
    if (isPaged(field)) declarePage(type, kind.key, name, field);
    else Object.defineProperty(type.prototype, name, { get: contentReader(name) });
  declareFields(type, Object.fromEntries(fields.filter(([, field]) => !isPaged(field))), "output");
  return type;
}

function contentReader(name: string) {
  return function (this: RecordType) {
    return this.record.content[name];
  };
}

/** Kinds whose pages look up units that stand anywhere, each with its line. */
const LISTS_OF_UNITS: ReadonlySet<string> = new Set([collectiveAgreement.key, emulationCluster.key]);

/** A long list of the content, in pages: units by name, rows in the order in which they were given. */
function declarePage(type: ClassType<RecordType>, kind: string, name: string, field: UnitsField | RowsField): void {
  const connection = field.type === "units" ? UnitConnection : rowConnection(field);
  const descriptor: PropertyDescriptor = {
    configurable: true,
    async value(this: RecordType, context: GraphContext, page: PageArgs) {
      const { version, content } = this.record;
      if (field.type === "units") return unitsPage(context, name, content[name] as unknown as string[], page);
      const paging = pagingOf(`${name} of version ${version}`, [NUMBER], page);
      const told = await toldRows(context, field, content[name] as unknown as Content[]);
      const rows = told.map((row, place) => ({ row, place }));
      return pageOfAll(
        rows,
        paging,
        ({ row }) => row,
        ({ place }) => [place],
        [1],
      );
    },
  };
  Object.defineProperty(type.prototype, name, descriptor);
  Field(() => connection, { description: field.description })(type.prototype, name, descriptor);
  (LISTS_OF_UNITS.has(kind) ? Costs({ points: 30 }) : Free("PAGED"))(type.prototype, name, descriptor);
  Ctx()(type.prototype, name, 0);
  Args(() => PageArgs)(type.prototype, name, 1);
}

/** A page of records that are known by their ids and sort keys: only those that it shows are read. */
export async function recordPage(
  { loaders }: GraphContext,
  all: readonly { recordId: string; key: readonly SortValue[] }[],
  paging: Paging,
  directions: readonly number[],
): Promise<Page<RecordType>> {
  const keyOf = ({ key }: (typeof all)[number]) => key;
  const sorted = [...all].sort((a, b) => compareKeys(a.key, b.key, directions));
  const shown = slicedRows(sorted, paging, keyOf, directions);
  const records = new Map(
    (await Promise.all(shown.map(({ recordId }) => loaders.record.load(recordId)))).map((record) => [record?.recordId, record]),
  );
  return pageOf(
    shown,
    paging,
    ({ recordId }) => recordOf(records.get(recordId)!),
    keyOf,
    () => all.length,
  );
}

/** Rows of a record with the unit that each speaks of; those of units that the caller may not see are left out. */
async function toldRows(context: GraphContext, field: RowsField, rows: readonly Content[]): Promise<readonly object[]> {
  const within = unitWithin(field);
  if (within === null) return rows;
  const idOf = (row: Content) => row[within] as unknown as string;
  const views = await toldUnits(context, rows.map(idOf));
  return rows.flatMap((row) => {
    const view = views.get(idOf(row));
    return view ? [{ ...row, [within]: unitOf(view) }] : [];
  });
}

async function unitsPage(context: GraphContext, name: string, ids: readonly string[], page: PageArgs): Promise<Page<UnitType>> {
  const paging = pagingOf(name, [TEXT, TEXT], page);
  const units = new Map([...(await toldUnits(context, ids)).values()].map((view) => [view.id, view]));
  return pageOfAll([...units.values()], paging, unitOf, ({ sortKey, id }) => [sortKey, id], [1, 1]);
}

const types = new Map(recordKinds.map((kind) => [kind.key, recordTypeOf(kind)]));

export const recordTypes: readonly ClassType<RecordType>[] = [...types.values()];

export function recordTypeFor(kind: string): ClassType<RecordType> {
  const type = types.get(kind);
  if (!type) throw new Error(`no record type ${kind}`);
  return type;
}

export function recordOf(record: StoredRecord): RecordType {
  return new (recordTypeFor(record.kind))(record);
}

/** A record that came of a change, with its version; none where there is none, or none to be told. */
export function shownRecord(record: StoredRecord | null | undefined): { record: RecordType | null; version: number | null } {
  return { record: record ? recordOf(record) : null, version: record?.version ?? null };
}
