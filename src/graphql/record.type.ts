import { type ClassType, Ctx, Field, Int, InterfaceType, ObjectType } from "type-graphql";
import { GraphQLJSONObject } from "graphql-scalars";
import { findingsOfRecord } from "../domain/findings/examination.js";
import { type RecordFinding } from "../domain/findings/finding.js";
import { type Severity } from "../domain/findings/check.js";
import { type Content } from "../domain/records/field.js";
import { type RecordKind } from "../domain/records/kind.js";
import { kindOf, recordKinds } from "../domain/records/kinds.js";
import { type RecordState, type RecordVersion, type StoredRecord } from "../domain/records/record.js";
import { type Provenance } from "../domain/unit.js";
import type { UnitView } from "../storage/unit.reader.js";
import { type GraphContext } from "./context.js";
import { enumOf, ProvenanceEnum, RecordStateEnum, SeverityEnum } from "./enums.js";
import { NodeType } from "./node.type.js";
import { declareFields } from "./record.fields.js";
import { Ancestor, ancestorsOf, unitOf, UnitType } from "./unit.type.js";

export const RecordKindEnum = enumOf(
  "RecordKind",
  "Kinds of records.",
  Object.fromEntries(recordKinds.map(({ key, description }) => [key, description])),
);

@ObjectType("Finding", {
  description: "Something that looks wrong in an accepted record: it counts, and is flagged until it is mended.",
  simpleResolvers: true,
})
export class FindingType implements RecordFinding {
  @Field(() => String, { description: "Key of the check; the query findingChecks says what it looks at." })
  code: string;
  @Field(() => SeverityEnum, { description: "How grave it is (mức độ)." })
  severity: Severity;
  @Field(() => String, { nullable: true, description: "The field to look at." })
  field: string | null;
  @Field(() => String, { description: "What looks wrong and how to mend it." })
  message: string;
  @Field(() => String, { description: "The same in Vietnamese (nội dung)." })
  messageVi: string;
}

@ObjectType("RecordVersion", {
  description: "One version of a record: who stored it, when and why. None is ever changed.",
  simpleResolvers: true,
})
export class RecordVersionType {
  @Field(() => Int, { description: "Number of the version, from 1." })
  version: number;
  @Field(() => RecordStateEnum, { description: "Whether it counted, or took the record back." })
  state: RecordState;
  @Field(() => GraphQLJSONObject, { description: "The fields as they were in this version." })
  content: object;
  @Field(() => ProvenanceEnum, { description: "Where this version came from (nguồn)." })
  provenance: Provenance;
  @Field(() => Date, { description: "When it was stored." })
  recordedAt: Date;
  @Field(() => String, { description: "Name of the token." })
  recordedBy: string;
  @Field(() => String, { nullable: true, description: "Why it was stored, where somebody said so (lý do)." })
  reason: string | null;
}

/** What all kinds of records have in common. */
@InterfaceType("Record", {
  description: "What a unit reports (hồ sơ). A correction is a new version; former ones stay readable.",
  implements: NodeType,
})
export abstract class RecordType extends NodeType {
  constructor(readonly record: StoredRecord) {
    super();
    const { recordId, kind, schoolYear, version, state, provenance, recordedAt, recordedBy, reason } = record;
    Object.assign(this, { id: recordId, kind, schoolYear, version, state, provenance, recordedAt, recordedBy, reason });
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
  @Field(() => String, { description: "Who stored this version: the name of the token." })
  recordedBy: string;
  @Field(() => String, { nullable: true, description: "Why this version was stored, where somebody said so." })
  reason: string | null;

  @Field(() => UnitType, { nullable: true, description: "The unit that reported it; null outside the caller's branch." })
  async unit(@Ctx() context: GraphContext): Promise<UnitType | null> {
    const view = await context.loaders.unit(this.record.unitId);
    return view && unitOf(view);
  }

  @Field(() => Ancestor, { description: "The name of the unit that reported it." })
  async reporter(@Ctx() context: GraphContext): Promise<Ancestor> {
    const [reporter] = await ancestorsOf(context, [this.record.unitId]);
    if (!reporter) throw new Error(`record ${this.id} has no unit`);
    return reporter;
  }

  @Field(() => [FindingType], { description: "What looks wrong in it by itself; unit.findings also compares it with others." })
  async findings(@Ctx() context: GraphContext): Promise<RecordFinding[]> {
    const years = await context.loaders.schoolYears();
    const { kind, content, schoolYear } = this.record;
    const year = years.find(({ label }) => label === schoolYear) ?? null;
    return this.state === "WITHDRAWN" ? [] : findingsOfRecord({ key: kind }, content, year, context.today);
  }

  @Field(() => [RecordVersionType], { description: "All versions, the newest first." })
  async versions(@Ctx() context: GraphContext): Promise<RecordVersion[]> {
    const versions = await context.loaders.versions.load(this.id);
    return Promise.all(versions.map(async (version) => ({ ...version, content: await toldContent(context, this.kind, version.content) })));
  }
}

/** Units that a record names, as far as the caller may see them. */
async function toldUnits(context: GraphContext, ids: readonly string[]): Promise<UnitView[]> {
  const views = await Promise.all(ids.map((id) => context.loaders.unit(id)));
  return views.filter((view) => view !== null);
}

async function toldContent(context: GraphContext, kind: string, content: Content): Promise<Content> {
  const told: Record<string, unknown> = { ...content };
  for (const [name, { type }] of Object.entries(kindOf(kind).fields))
    if (type === "units") told[name] = (await toldUnits(context, content[name] as unknown as string[])).map(({ id }) => id);
  return told as Content;
}

/** The object type of a kind of record, out of its declaration. */
function recordTypeOf(kind: RecordKind): ClassType<RecordType> {
  const type = { [kind.typeName]: class extends RecordType {} }[kind.typeName] as unknown as ClassType<RecordType>;
  ObjectType(kind.typeName, { description: kind.description, implements: [NodeType, RecordType], simpleResolvers: true })(type);
  for (const [name, field] of Object.entries(kind.fields))
    Object.defineProperty(type.prototype, name, field.type === "units" ? unitsNamed(name) : { get: contentReader(name) });
  declareFields(type, kind.fields, "output");
  return type;
}

function contentReader(name: string) {
  return function (this: RecordType) {
    return this.record.content[name];
  };
}

function unitsNamed(name: string): PropertyDescriptor {
  return {
    async value(this: RecordType, _args: unknown, context: GraphContext): Promise<UnitType[]> {
      return (await toldUnits(context, this.record.content[name] as unknown as string[])).map(unitOf);
    },
  };
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
